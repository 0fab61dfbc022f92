"use client";

import { Command } from "cmdk";
import type { NavProject } from "./nav";

type Props = { projects: NavProject[]; isAdmin: boolean; onClose: () => void; onGo: (href: string) => void };
type Target = { href: string; label: string };

const group =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-meta [&_[cmdk-group-heading]]:text-muted";

/** Goes to any page by typing a part of its name. */
export function Palette({ projects, isAdmin, onClose, onGo }: Props) {
  const groups: { heading: string; targets: Target[] }[] = [
    {
      heading: "Projects",
      targets: projects.flatMap(({ id, name, canManage }) => [
        { href: `/projects/${id}`, label: name },
        { href: `/projects/${id}/runs`, label: `${name} › Runs` },
        { href: `/projects/${id}/cases`, label: `${name} › Cases` },
        ...(canManage ? [{ href: `/projects/${id}/settings`, label: `${name} › Settings` }] : []),
      ]),
    },
    {
      heading: "You",
      targets: [
        { href: "/account", label: "Your account" },
        { href: "/account/tokens", label: "API tokens" },
        { href: "/account/sessions", label: "Sessions" },
      ],
    },
    ...(isAdmin
      ? [
          {
            heading: "Administration",
            targets: [
              { href: "/admin/integrations", label: "Integrations" },
              { href: "/admin/members", label: "Members" },
              { href: "/admin/jobs", label: "Jobs" },
              { href: "/admin/audit", label: "Audit log" },
            ],
          },
        ]
      : []),
  ];

  return (
    <Command.Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      label="Search and go"
      overlayClassName="fixed inset-0 z-40 bg-[oklch(0.2_0.02_265/0.45)]"
      contentClassName="fixed top-[14vh] left-1/2 z-50 w-[calc(100%-2rem)] max-w-lg -translate-x-1/2 animate-appear overflow-hidden rounded-lg border bg-surface shadow-pop"
    >
      <Command.Input
        placeholder="Go to…"
        className="h-11 w-full border-b bg-transparent px-4 text-read outline-none placeholder:text-muted"
      />
      <Command.List className="max-h-80 overflow-y-auto p-2">
        <Command.Empty className="px-2 py-6 text-center text-muted">Nothing has this name.</Command.Empty>
        {groups.map(({ heading, targets }) => (
          <Command.Group key={heading} heading={heading} className={group}>
            {targets.map(({ href, label }) => (
              <Command.Item
                key={href}
                value={`${label} ${href}`}
                onSelect={() => {
                  onClose();
                  onGo(href);
                }}
                className="flex h-8 items-center rounded-md px-2 data-[selected=true]:bg-hover"
              >
                {label}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command.Dialog>
  );
}
