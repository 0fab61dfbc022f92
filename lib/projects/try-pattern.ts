import { setImmediate as breathe } from "node:timers/promises";
import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { prisma, transaction } from "@/lib/db/client";
import { excerpts } from "@/lib/richtext/secrets/mask";
import { ownMatchers } from "@/lib/richtext/secrets/own-pattern";
import { check } from "./secret-patterns";

const mostFailures = 200;
const mostChars = 20_000;
const mostShown = 5;

/** What a pattern finds: in a text that was typed, and in what the project's tests have said when they failed. */
export type Tried = {
  /** The findings in the text, masked. */
  inText: string[];
  /** Of the latest failures: how many were looked through, in how many something was found, and some of these. */
  searched: number;
  found: number;
  examples: { runId: string; resultId: string; run: number; test: string; hint: string }[];
};

/** Tries a pattern before it is saved. The log says who looked through the failures, not for what. */
export async function tryPattern(member: Member, { pattern, text }: { pattern: string; text: string }): Promise<Tried> {
  check(pattern);
  const { workspaceId, projectId } = member;
  await transaction((tx) =>
    audit(tx, member, "secret_pattern.tried", { subjectType: "project", subjectId: projectId, projectId }),
  );
  const [matcher] = ownMatchers([{ id: "tried", name: pattern, pattern }]);
  const hints = (text: string) => {
    const where = text.slice(0, mostChars);
    const found = matcher?.find(where) ?? [];
    return excerpts(
      where,
      found.map((at) => ({ ...at, kind: "tried", hint: "found" })),
    );
  };

  const failures = await prisma.testResult.findMany({
    where: { workspaceId, projectId, status: { in: ["failed", "error"] } },
    orderBy: { id: "desc" },
    take: mostFailures,
    select: {
      ...{ id: true, runId: true, type: true, message: true, stack: true },
      run: { select: { number: true } },
      testCase: { select: { name: true } },
    },
  });
  const tried: Tried = { inText: hints(text), searched: failures.length, found: 0, examples: [] };
  for (const { id: resultId, runId, type, message, stack, run, testCase } of failures) {
    const [hint] = hints([type, message, stack].filter(Boolean).join("\n"));
    if (hint !== undefined) {
      tried.found += 1;
      if (tried.examples.length < mostShown)
        tried.examples.push({ runId, resultId, run: run.number, test: testCase.name, hint });
    }
    // Others are served between two failures: some of them are long.
    await breathe();
  }
  return tried;
}
