"use client";

import { KeyRound, LogOut, ShieldCheck, UserRound } from "lucide-react";
import { startTransition } from "react";
import { Link } from "@/components/ui/link";
import { Menu, MenuContent, MenuItem, MenuLabel, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import type { Opening } from "@/components/ui/on-use";
import { toast } from "@/components/ui/toast";
import { ThemeItems } from "./theme-menu";
import type { SignOut } from "./user-menu";

type Props = Opening & { signOut: SignOut };

async function leave(signOut: SignOut) {
  const result = await signOut();
  if (result && !result.ok) toast.error(result.error.title, { description: result.error.detail });
}

/** One's own pages, the theme, and the way out. */
export default function UserItems({ signOut, isOpen, onOpenChange, trigger }: Props) {
  return (
    <Menu open={isOpen} onOpenChange={onOpenChange}>
      <MenuTrigger asChild>{trigger}</MenuTrigger>
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
}
