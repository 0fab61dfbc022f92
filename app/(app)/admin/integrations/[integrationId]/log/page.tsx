import { ScrollText } from "lucide-react";
import { filteredHref } from "@/components/forms/filters";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { requireAdmin } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { readCallsFilter } from "@/lib/integrations/calls-filter";
import { listCalls } from "@/lib/integrations/list-calls";
import { titleOf } from "../title";
import { CallFilters } from "./call-filters";
import { Calls } from "./calls";

type Props = {
  params: Promise<{ integrationId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = async ({ params }: Props) => titleOf((await params).integrationId, "Log");

/** Every call that went out, newest first; where to and what became of it, no contents. */
export default async function IntegrationLogPage({ params, searchParams }: Props) {
  const { integrationId } = await params;
  const filter = readCallsFilter(await searchParams);
  const { calls, next } = await admit(async () => listCalls(await requireAdmin(), integrationId, filter));
  const { cursor, ...narrowed } = filter;
  const isNarrowed = Object.values(narrowed).some(Boolean);
  const base = `/admin/integrations/${integrationId}/log`;

  if (calls.length === 0 && !isNarrowed && !cursor)
    return (
      <Empty icon={ScrollText} title="No calls yet">
        Every request to the tracker is listed here: where it went, how long it took and what became of it.
      </Empty>
    );
  return (
    <>
      <LiveRefresh topics={["job"]} />
      <CallFilters base={base} filter={narrowed} />
      {calls.length > 0 ? (
        <Calls calls={calls} />
      ) : (
        <Empty icon={ScrollText} title="No call fits the filter">
          <Link href={base} className="text-link underline underline-offset-2">
            Show everything
          </Link>
        </Empty>
      )}
      <nav aria-label="Pages of the log" className="flex justify-between gap-2 pt-4">
        {cursor ? (
          <Button asChild>
            <Link href={filteredHref(base, narrowed)}>Newest</Link>
          </Button>
        ) : (
          <span />
        )}
        {next && (
          <Button asChild>
            <Link href={filteredHref(base, { ...narrowed, cursor: next })}>Older</Link>
          </Button>
        )}
      </nav>
    </>
  );
}
