"use client";

import { Ban, ListFilter, RotateCw } from "lucide-react";
import { useCallback, useState } from "react";
import { call, problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import type { BulkView as Bulk, BulkPage, Outcome } from "@/lib/issues/bulk/shapes";
import { counted } from "../triage/words";
import { BulkFilter } from "./bulk-filter";
import { BulkItems } from "./bulk-items";
import { useEnd } from "./bulk-link";
import { BulkProgress } from "./bulk-progress";
import { useBulk } from "./use-bulk";
import { modeWords } from "./words";

type Props = { projectId: string; first: BulkPage; canCreate: boolean; isAdmin: boolean };

/** A job that makes many issues: how far it has come, what became of each, and the two ways to intervene. */
export function BulkView({ projectId, first, canCreate, isAdmin }: Props) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const query = useBulk(projectId, first, outcome ? [outcome] : []);
  const { bulk, items, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query;
  useEnd([bulk], projectId);
  const [isBusy, setBusy] = useState(false);
  const act = async (verb: "retry" | "cancel") => {
    setBusy(true);
    try {
      await call(`/api/projects/${projectId}/bulk/${bulk.id}/${verb}`, { method: "POST" });
      setOutcome(null);
    } catch (thrown) {
      toast.error(problemOf(thrown).detail);
    } finally {
      setBusy(false);
      void refetch();
    }
  };
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const { counts, requestedBy, cancelledBy } = bulk;
  const rest = counts.waiting + counts.creating + counts.held;
  const isHeldForPeople = items.some(({ outcome: now, error: why }) => now === "held" && why && !why.retryAt);

  return (
    <div className="flex h-full flex-col gap-4 px-4 pt-1 sm:px-6">
      <PageHeader
        title={`${counted(bulk.total, "issue")} from run #${bulk.run.number}`}
        description={
          <>
            {modeWords[bulk.mode].label} · {bulk.externalProject || bulk.integration.name} · asked for by{" "}
            {requestedBy.name} <Time at={bulk.createdAt} />
            {bulk.cancelledAt && ` · cancelled by ${cancelledBy}`}
          </>
        }
        actions={
          <>
            <Button asChild className="max-sm:hidden">
              <Link href={`/projects/${projectId}/runs/${bulk.run.id}`}>Open run #{bulk.run.number}</Link>
            </Button>
            {canCreate && counts.failed > 0 && (
              <Button busy={isBusy} onClick={() => act("retry")}>
                <RotateCw aria-hidden /> Retry {counts.failed.toLocaleString("en")} failed
              </Button>
            )}
            {canCreate && rest > 0 && !bulk.cancelledAt && (
              <Confirm
                trigger={
                  <Button variant="danger">
                    <Ban aria-hidden /> Cancel the rest
                  </Button>
                }
                title={`Cancel what is left of ${counted(bulk.total, "issue")}?`}
                consequence={`${counted(rest, "issue")} will not be created, except those that are being sent at this moment. ${counted(counts.created, "issue")} that ${counts.created === 1 ? "is" : "are"} there already ${counts.created === 1 ? "stays" : "stay"}.`}
                action="Cancel the rest"
                dismiss="Go on creating"
                danger
                onConfirm={() => act("cancel")}
              />
            )}
          </>
        }
      />
      <BulkProgress bulk={bulk} />
      {isHeldForPeople && <MendNotice bulk={bulk} isAdmin={isAdmin} />}
      <BulkFilter bulk={bulk} value={outcome} onChange={setOutcome} />
      {error && <ProblemNotice problem={problemOf(error)} />}
      <div className="-mx-4 flex min-h-0 flex-1 flex-col border-t sm:mx-0">
        {items.length > 0 ? (
          <BulkItems projectId={projectId} bulk={bulk} items={items} hasMore={hasNextPage} onMore={more} />
        ) : (
          <Empty
            icon={ListFilter}
            title="None left of this outcome"
            action={<Button onClick={() => setOutcome(null)}>Show all</Button>}
          >
            They have moved on in the meantime.
          </Empty>
        )}
      </div>
    </div>
  );
}

const MendNotice = ({ bulk, isAdmin }: { bulk: Bulk; isAdmin: boolean }) => (
  <Notice
    tone="warning"
    title={`${bulk.integration.name} has to be mended first`}
    action={
      isAdmin && (
        <Button asChild size="sm">
          <Link href={`/admin/integrations/${bulk.integration.id}`}>Open integration</Link>
        </Button>
      )
    }
  >
    {isAdmin
      ? "Its credential or the integration itself does not work. Once it does, this goes on by itself."
      : "An administrator of the workspace has to mend it. Once that is done, this goes on by itself."}
  </Notice>
);
