"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";

const tabs = [
  { path: "", label: "Overview" },
  { path: "/log", label: "Log" },
  { path: "/settings", label: "Settings" },
];

/** Links in the look of tabs: each page has an address of its own. */
export function IntegrationTabs({ base }: { base: string }) {
  const here = usePathname();
  return (
    <nav aria-label="Integration" className="flex gap-4 border-b">
      {tabs.map(({ path, label }) => {
        const isHere = here === `${base}${path}`;
        return (
          <Link
            key={path}
            href={`${base}${path}`}
            aria-current={isHere ? "page" : undefined}
            className={cn(
              "-mb-px flex h-8 items-center border-b-2",
              isHere ? "border-accent font-medium" : "border-transparent text-muted hover:text-fg",
            )}
          >
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
