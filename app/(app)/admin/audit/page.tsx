import { ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { filteredHref } from "@/components/forms/filters";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { Page, PageHeader } from "@/components/ui/page";
import { auditFilter, listAudit, listAuditChoices } from "@/lib/audit/list";
import { requireAdmin } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { AuditFilters } from "./audit-filters";
import { EntryRow } from "./entry-row";

export const metadata: Metadata = { title: "Audit log" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Who did what, when and from where. Nothing in it can be changed. */
export default async function AuditPage({ searchParams }: Props) {
  const admin = await admit(() => requireAdmin());
  const filter = auditFilter.parse(await searchParams);
  const [{ entries, next }, choices] = await Promise.all([listAudit(admin, filter), listAuditChoices(admin)]);
  const { after, ...narrowed } = filter;
  const isNarrowed = Object.values(narrowed).some(Boolean);
  const at = (extra: Record<string, string>) => filteredHref("/admin/audit", { ...narrowed, ...extra });

  return (
    <Page wide>
      <Breadcrumbs steps={[{ label: "Administration" }, { label: "Audit log" }]} />
      <PageHeader
        title="Audit log"
        description="Every change in the workspace: who, what, when, from where. Append-only."
      />
      <AuditFilters choices={choices} filter={narrowed} />
      {entries.length === 0 ? (
        <Empty icon={ScrollText} title={isNarrowed ? "Nothing fits the filter" : "Nothing has happened yet"}>
          {isNarrowed && (
            <Link href="/admin/audit" className="text-link underline underline-offset-2">
              Show everything
            </Link>
          )}
        </Empty>
      ) : (
        <ul className="border-t">
          {entries.map((entry) => (
            <EntryRow key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
      <nav aria-label="Pages" className="flex justify-between gap-2 py-4">
        {after ? (
          <Button asChild>
            <Link href={at({})}>Newest</Link>
          </Button>
        ) : (
          <span />
        )}
        {next && (
          <Button asChild>
            <Link href={at({ after: next })}>Older</Link>
          </Button>
        )}
      </nav>
    </Page>
  );
}
