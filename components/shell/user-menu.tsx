"use client";

import { ChevronsUpDown, KeyRound, LogOut, ShieldCheck, UserRound } from "lucide-react";
import { startTransition } from "react";
import { toast } from "sonner";
import { Link } from "@/components/ui/link";
import { Menu, MenuContent, MenuItem, MenuLabel, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import type { Attempt } from "@/lib/boundary";
import { ThemeItems } from "./theme-menu";

/** Ends the session and goes to the sign-in page; answers only when that failed. */
export type SignOut = () => Promise<Attempt<void> | undefined>;

type Props = { name: string; email: string; signOut: SignOut };

async function leave(signOut: SignOut) {
  const result = await signOut();
  if (result && !result.ok) toast.error(result.error.title, { description: result.error.detail });
}

/** Who is signed in, their own pages, the theme, and the way out. */
export const UserMenu = ({ name, email, signOut }: Props) => (
  <Menu>
    <MenuTrigger className="flex h-10 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-hover">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        <span className="block truncate text-meta text-muted">{email}</span>
      </span>
      <ChevronsUpDown className="size-3.5 text-muted" aria-hidden />
    </MenuTrigger>
    <MenuContent align="start" className="w-56">
      <MenuItem asChild>
        <Link href="/account">
          <UserRound aria-hidden /> Your account
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link href="/account/sessions">
          <ShieldCheck aria-hidden /> Sessions
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link href="/account/tokens">
          <KeyRound aria-hidden /> API tokens
        </Link>
      </MenuItem>
      <MenuSeparator />
      <ThemeItems />
      <MenuSeparator />
      <MenuLabel className="sr-only">Session</MenuLabel>
      <MenuItem onSelect={() => startTransition(() => leave(signOut))}>
        <LogOut aria-hidden /> Sign out
      </MenuItem>
    </MenuContent>
  </Menu>
);
