import { AppError } from "@/lib/errors";

const nouns = ["resultId", "caseId", "runId", "groupId"] as const;
type Noun = (typeof nouns)[number];

/** What issues are asked for: one of them. */
export type Subject = { [N in Noun]: { [Key in N]: string } }[Noun];

/** Exactly one of the four has to be named. */
export function subjectOf(query: { [N in Noun]?: string | undefined }): Subject {
  const named = nouns.filter((noun) => query[noun]);
  if (named.length !== 1) throw new AppError("invalid_input", `Name one of ${nouns.join(", ")}.`);
  const { resultId, caseId, runId, groupId = "" } = query;
  return resultId ? { resultId } : caseId ? { caseId } : runId ? { runId } : { groupId };
}
