"use client";

import { PlugZap } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/page";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import type { ConnectionReport } from "@/lib/integrations/connection-report";
import { testStored } from "../actions";
import { ReportCard } from "../report-card";
import { useTest } from "../use-test";

/** The last test of the stored credential, and the button that makes another. */
export function StoredTest({ integrationId, last }: { integrationId: string; last: ConnectionReport | null }) {
  const router = useRouter();
  const { test, isTesting, report, problem } = useTest(() => testStored({ integrationId }));
  const shown = report ?? last;

  return (
    <Section
      title="Connection"
      description={
        shown ? (
          <>
            Tested <Time at={shown.checkedAt} />
          </>
        ) : (
          "Not tested yet."
        )
      }
      actions={
        <Button busy={isTesting} onClick={() => test().then(() => router.refresh())}>
          {!isTesting && <PlugZap aria-hidden />} Test connection
        </Button>
      }
    >
      <div aria-live="polite">
        {isTesting && <Skeleton className="h-40" />}
        {!isTesting && problem && <ProblemNotice problem={problem} />}
        {!isTesting && !problem && shown && <ReportCard report={shown} />}
      </div>
    </Section>
  );
}
