"use client";

import { ChevronsUpDown } from "lucide-react";
import { useState } from "react";
import { OpensOnUse, onUse } from "@/components/ui/on-use";
import type { Attempt } from "@/lib/boundary";

const items = onUse(() => import("./user-items"));

/** Ends the session and goes to the sign-in page; answers only when that failed. */
export type SignOut = () => Promise<Attempt<void> | undefined>;

type Props = { name: string; email: string; signOut: SignOut };

/** Who is signed in, and the way to their own pages, the theme and out. */
export function UserMenu({ name, email, signOut }: Props) {
  const [isOpen, setOpen] = useState(false);
  const opening = {
    isOpen,
    onOpenChange: setOpen,
    trigger: (
      <button type="button" className="flex h-10 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-hover">
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{name}</span>
          <span className="block truncate text-meta text-muted">{email}</span>
        </span>
        <ChevronsUpDown className="size-3.5 text-muted" aria-hidden />
      </button>
    ),
  };
  return (
    <OpensOnUse part={items} popup="menu" {...opening}>
      {({ default: UserItems }) => <UserItems signOut={signOut} {...opening} />}
    </OpensOnUse>
  );
}
