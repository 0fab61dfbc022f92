"use client";

import { Menu as MenuIcon, Search } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { NavRefresh } from "@/components/live/nav-refresh";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { OpensOnUse, onUse } from "@/components/ui/on-use";
import { PendingLine } from "@/components/ui/pending";
import { Logo } from "./logo";
import { Nav, type NavProject } from "./nav";
import { Offline } from "./offline";
import { openPalette, PaletteHost } from "./palette-host";
import { type SignOut, UserMenu } from "./user-menu";

const sheet = onUse(() => import("./nav-sheet"));

type Props = {
  workspace: string;
  projects: NavProject[];
  isAdmin: boolean;
  user: { name: string; email: string };
  signOut: SignOut;
  children: ReactNode;
};

function Side({ workspace, projects, isAdmin, user, signOut }: Omit<Props, "children">) {
  return (
    <>
      <div className="flex items-center gap-2 px-4 pt-3 pb-2">
        <Link href="/projects" className="flex min-w-0 flex-1 items-center gap-2">
          <Logo className="size-5 shrink-0 text-accent" />
          <span className="truncate font-semibold">{workspace}</span>
        </Link>
        <Button
          variant="ghost"
          size="icon-sm"
          onClick={openPalette}
          aria-label="Search and go (⌘K)"
          title="Search and go (⌘K)"
        >
          <Search aria-hidden />
        </Button>
      </div>
      <Nav projects={projects} isAdmin={isAdmin} />
      <div className="mt-auto border-t p-2">
        <UserMenu {...user} signOut={signOut} />
      </div>
    </>
  );
}

/** The frame of every page: a sidebar, which is a sheet on small screens, and the page. */
export function Shell({ children, ...side }: Props) {
  const [open, setOpen] = useState(false);
  const path = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the sheet.
  useEffect(() => setOpen(false), [path]);
  const opening = {
    isOpen: open,
    onOpenChange: setOpen,
    trigger: (
      <Button variant="ghost" size="icon" aria-label="Open the navigation">
        <MenuIcon aria-hidden />
      </Button>
    ),
  };

  return (
    <div className="flex min-h-dvh flex-col md:h-dvh md:flex-row">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-accent focus:px-3 focus:py-1.5 focus:text-on-accent"
      >
        Skip to the page
      </a>
      <aside className="hidden w-56 shrink-0 flex-col border-r bg-subtle md:flex">
        <Side {...side} />
      </aside>
      <header className="sticky top-0 z-30 flex h-11 items-center gap-2 border-b bg-subtle px-2 md:hidden">
        <OpensOnUse part={sheet} popup="dialog" {...opening}>
          {({ default: NavSheet }) => (
            <NavSheet {...opening}>
              <Side {...side} />
            </NavSheet>
          )}
        </OpensOnUse>
        <Logo className="size-5 text-accent" />
        <span className="truncate font-semibold">{side.workspace}</span>
      </header>
      <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none md:overflow-y-auto">
        {children}
      </main>
      <PendingLine />
      <NavRefresh />
      <Offline />
      <PaletteHost projects={side.projects} isAdmin={side.isAdmin} />
    </div>
  );
}
