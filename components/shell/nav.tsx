"use client";

import {
  ChevronRight,
  FlaskConical,
  FolderKanban,
  Gauge,
  KeyRound,
  ListChecks,
  type LucideIcon,
  Plug,
  ScrollText,
  Settings,
  UserRound,
  Users,
  Workflow,
} from "lucide-react";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";

export type NavProject = { id: string; name: string; canManage: boolean };

type Entry = { href: string; label: string; icon: LucideIcon; exact?: boolean; also?: string };

const adminEntries: Entry[] = [
  { href: "/admin/integrations", label: "Integrations", icon: Plug },
  { href: "/admin/members", label: "Members", icon: Users },
  { href: "/admin/jobs", label: "Jobs", icon: Workflow },
  { href: "/admin/audit", label: "Audit log", icon: ScrollText },
];

const projectEntries = ({ id, canManage }: NavProject): Entry[] => [
  { href: `/projects/${id}`, label: "Overview", icon: Gauge, exact: true },
  { href: `/projects/${id}/runs`, label: "Runs", icon: ListChecks },
  { href: `/projects/${id}/cases`, label: "Cases", icon: FlaskConical },
  ...(canManage ? [{ href: `/projects/${id}/settings`, label: "Settings", icon: Settings }] : []),
];

function Item({ href, label, icon: Icon, exact, also, inset }: Entry & { inset?: boolean }) {
  const path = usePathname();
  const here = path === href || path === also || (!exact && path.startsWith(`${href}/`));
  return (
    <Link
      href={href}
      aria-current={here ? "page" : undefined}
      className={cn(
        "flex h-7 items-center gap-2 rounded-md px-2 text-ui hover:bg-hover",
        inset && "ml-4",
        here ? "bg-selected font-medium text-fg" : "text-muted",
      )}
    >
      <Icon className="size-3.5 shrink-0" aria-hidden />
      <span className="truncate">{label}</span>
    </Link>
  );
}

const Heading = ({ children }: { children: string }) => (
  <p className="px-2 pt-4 pb-1 font-medium text-meta text-muted">{children}</p>
);

/** The main navigation: projects with the open one unfolded, one's own pages, and what administrators see. */
export function Nav({ projects, isAdmin }: { projects: NavProject[]; isAdmin: boolean }) {
  const open = /^\/projects\/([^/]+)/.exec(usePathname())?.[1];
  return (
    <nav aria-label="Main" className="flex flex-col gap-px overflow-y-auto px-2 pb-4">
      <Item href="/projects" label="All projects" icon={FolderKanban} exact />
      {projects.map((project) => (
        <div key={project.id} className="flex flex-col gap-px">
          <Link
            href={`/projects/${project.id}`}
            className="flex h-7 items-center gap-2 rounded-md px-2 text-ui hover:bg-hover"
            title={project.name}
          >
            <ChevronRight
              className={cn("size-3.5 shrink-0 text-muted transition-transform", open === project.id && "rotate-90")}
              aria-hidden
            />
            <span className="truncate">{project.name}</span>
          </Link>
          {open === project.id && projectEntries(project).map((entry) => <Item key={entry.href} {...entry} inset />)}
        </div>
      ))}
      <Heading>You</Heading>
      <Item href="/account" label="Your account" icon={UserRound} exact also="/account/sessions" />
      <Item href="/account/tokens" label="API tokens" icon={KeyRound} />
      {isAdmin && (
        <>
          <Heading>Administration</Heading>
          {adminEntries.map((entry) => (
            <Item key={entry.href} {...entry} />
          ))}
        </>
      )}
    </nav>
  );
}
