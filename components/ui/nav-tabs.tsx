"use client";

import { usePathname } from "next/navigation";
import { Link } from "@/components/ui/link";
import { cn } from "./cn";

type Props = { label: string; tabs: { href: string; label: string }[]; className?: string };

/** Links in the look of tabs: each page has an address of its own. */
export function NavTabs({ label, tabs, className }: Props) {
  const here = usePathname();
  return (
    <nav aria-label={label} className={cn("flex gap-4 overflow-x-auto border-b", className)}>
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={here === tab.href ? "page" : undefined}
          className={cn(
            "-mb-px flex h-8 shrink-0 items-center border-b-2",
            here === tab.href ? "border-accent font-medium" : "border-transparent text-muted hover:text-fg",
          )}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
