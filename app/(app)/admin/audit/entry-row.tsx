import { ChevronRight } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import type { AuditEntry } from "@/lib/audit/list";

/** One entry: the line, and on demand what it was before, what it became, and where it came from. */
export const EntryRow = ({ entry }: { entry: AuditEntry }) => (
  <li className="border-b">
    <details className="group">
      <summary className="grid min-h-8 grid-cols-[1fr_auto] items-center gap-x-4 gap-y-0.5 py-1.5 hover:bg-subtle sm:grid-cols-[9rem_13rem_1fr_auto]">
        <Time at={entry.createdAt} className="order-2 text-meta text-muted sm:order-none" />
        <code className="truncate font-mono text-code">{entry.action}</code>
        <span className="order-3 col-span-2 truncate sm:order-none sm:col-span-1">
          <ChevronRight
            className="mr-1 inline size-3.5 text-muted transition-transform group-open:rotate-90"
            aria-hidden
          />
          {entry.actorName} <span className="text-muted">{summary(entry)}</span>
        </span>
        {entry.via !== "session" && <Badge className="order-4 w-fit sm:order-none">by {entry.via}</Badge>}
      </summary>
      <dl className="grid gap-x-6 gap-y-2 pb-3 text-meta sm:grid-cols-2 sm:pl-36">
        <Json label="Before" value={entry.before} />
        <Json label="After" value={entry.after} />
        <Item label={entry.subjectType}>{entry.subjectId}</Item>
        {entry.projectId && entry.projectId !== entry.subjectId && <Item label="project">{entry.projectId}</Item>}
        <Item label="time">{entry.createdAt.toISOString()}</Item>
        {entry.ip && <Item label="address">{entry.ip}</Item>}
        {entry.userAgent && <Item label="browser">{entry.userAgent}</Item>}
        {entry.requestId && <Item label="request">{entry.requestId}</Item>}
      </dl>
    </details>
  </li>
);

/** To whom or what, where, and what it became (or was, when nothing is left), in a line. */
function summary({ subjectName, actorName, projectName, after, before }: AuditEntry): string {
  const said = after ?? before;
  const values =
    said === null || typeof said !== "object" || Array.isArray(said)
      ? []
      : Object.entries(said)
          // Ids and lists are for the details below.
          .filter(([name, value]) => value !== null && value !== "" && typeof value !== "object" && !/Id$/.test(name))
          .map(([name, value]) => `${name} ${value}`);
  const subject = subjectName === actorName ? null : subjectName;
  const place = projectName && projectName !== subjectName ? `in ${projectName}` : null;
  return [subject, place, values.join(", ")].filter(Boolean).join(" · ");
}

const Item = ({ label, children }: { label: string; children: string }) => (
  <div className="min-w-0">
    <dt className="text-muted">{label}</dt>
    <dd className="break-all font-mono text-code">{children}</dd>
  </div>
);

const Json = ({ label, value }: { label: string; value: unknown }) =>
  value === null ? null : (
    <div className="min-w-0">
      <dt className="text-muted">{label}</dt>
      <dd>
        <pre className="whitespace-pre-wrap break-all rounded-md bg-subtle p-2 font-mono text-code">
          {JSON.stringify(value, null, 2)}
        </pre>
      </dd>
    </div>
  );
