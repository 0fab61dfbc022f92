"use client";

import { FastForward, RotateCcw, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAct } from "@/components/forms/use-act";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { toast } from "@/components/ui/toast";
import type { JobDetail } from "@/lib/jobs/shapes";
import { cancel, retry, runNow } from "../actions";

type Props = { jobId: string; name: string; can: JobDetail["can"] };

/** What one may do to the job as it stands now. */
export function JobActions({ jobId, name, can }: Props) {
  const router = useRouter();
  const act = useAct();
  const [isBusy, setBusy] = useState(false);

  const during = (work: () => Promise<unknown>) => async () => {
    setBusy(true);
    await work().finally(() => setBusy(false));
  };
  const retryIt = during(async () => {
    const result = await retry({ jobId });
    if (!result.ok) return toast.error(result.error.detail);
    toast.success("It has been started once more; this is the new job.");
    router.push(`/admin/jobs/${result.value.jobId}`);
  });

  return (
    <>
      {can.runNow && (
        <Button busy={isBusy} onClick={during(() => act(runNow({ jobId }), "The next attempt is being made."))}>
          <FastForward aria-hidden /> Run now
        </Button>
      )}
      {can.retry && (
        <Button variant="primary" busy={isBusy} onClick={retryIt}>
          <RotateCcw aria-hidden /> Retry
        </Button>
      )}
      {can.cancel && (
        <Confirm
          danger
          trigger={
            <Button variant="danger">
              <X aria-hidden /> Cancel job
            </Button>
          }
          title={`Cancel this job of ${name}?`}
          consequence="It makes no further call, and a call under way stores nothing any more. What it has done already stays; an issue that a tracker is creating at this moment may still appear there."
          action="Cancel job"
          dismiss="Keep it"
          onConfirm={() => act(cancel({ jobId }), "The job is cancelled.")}
        />
      )}
    </>
  );
}
