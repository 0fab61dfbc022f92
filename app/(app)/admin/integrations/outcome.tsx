import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { Problem } from "@/lib/boundary";
import { ReportCard } from "./report-card";
import type { useTest } from "./use-test";

type Props = { tested: ReturnType<typeof useTest>; problem: Problem | null };

// Where a form has a place of its own for it; what is wrong with anything else is said below the form.
const isShownAtField = (field: string) =>
  /^credential\.|^(?:name|baseUrl|authType|caCertificate|tlsFingerprint|proxy)$/.test(field);

/** What came of a test or of saving, below the fields. */
export function Outcome({ tested, problem }: Props) {
  const general = problem ?? tested.problem;
  const isElsewhere = Object.keys(general?.fields ?? {}).some(isShownAtField);
  return (
    <div aria-live="polite" className="empty:hidden">
      {tested.isTesting && <Skeleton className="h-40" />}
      {tested.report && <ReportCard report={tested.report} />}
      {general && !isElsewhere && <ProblemNotice problem={general} />}
    </div>
  );
}
