import { Prisma } from "@/lib/db/generated/client";
import type { AssessmentState, Severity, SeveritySource } from "@/lib/db/generated/enums";
import type { Standing } from "./shapes";

type Stored = {
  severity: Severity;
  severitySource: SeveritySource;
  assessment: AssessmentState;
  assessedUntil: Date | null;
};

/*
 * The one place where it is judged whether an accepted risk still counts, in both languages that ask.
 */

/** How bad it is and what people think of it, as it counts at that moment. */
export const standingOf = (row: Stored, now: Date): Standing => {
  const { severity, severitySource, assessment, assessedUntil } = row;
  const isOver = assessment === "risk_accepted" && assessedUntil !== null && assessedUntil <= now;
  return {
    ...{ severity, severitySource },
    assessment: isOver ? "active" : assessment,
    assessedUntil: isOver ? null : (assessedUntil?.toISOString() ?? null),
  };
};

/** SQL for the assessment that counts at that moment, of the row of a FailureGroup or TestCase under that alias. */
export const assessmentSql = (alias: string, now: Date): Prisma.Sql => {
  const row = Prisma.raw(alias);
  return Prisma.sql`case when ${row}.assessment = 'risk_accepted' and ${row}."assessedUntil" <= ${now}
    then 'active' else ${row}.assessment::text end`;
};
