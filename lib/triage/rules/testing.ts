import type { Sandbox } from "@/e2e/sandbox/sandbox";
import { runUntilIdle } from "@/inngest/embedded/testing";
import { applyKnownIssues } from "@/inngest/functions/apply-known-issues";
import { applyRuleToPast } from "@/inngest/functions/apply-rule-to-past";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { linkIssue } from "@/lib/issues/link-issue";
import { makeFreshScene } from "@/lib/issues/test-scene";
import { type RuleInput, ruleInput } from "./inputs";
import { createRule } from "./save-rule";

/** For tests: a project with a tracker, whose issue #1 is linked to a failure of a run of long ago. */
export async function makeRuleScene(sandbox: Sandbox) {
  const scene = await makeFreshScene(sandbox);
  const { member, integrationId, results, projectId } = scene;
  const { issueId } = await linkIssue(member, integrationId, { resultId: results[0].resultId }, "#1");
  await prisma.testRun.updateMany({ where: { projectId }, data: { createdAt: new Date("2025-01-01") } });
  await prisma.project.update({ where: { id: projectId }, data: { nextRunNumber: 2 } });
  return { ...scene, issueId };
}

export type RuleScene = Awaited<ReturnType<typeof makeRuleScene>>;

/** A rule as the project's administrator adds it; what is not said is the usual. */
export async function addRule(scene: RuleScene, change: Partial<RuleInput> = {}): Promise<string> {
  const usual = { name: `Rule ${newId()}`, field: "both", kind: "text", pattern: "gateway" };
  const input = ruleInput.parse({ ...usual, issue: { issueId: scene.issueId }, ...change });
  return (await createRule(scene.owner, input)).id;
}

/** Works off what imports and rules have asked for. */
export const work = () => runUntilIdle([applyKnownIssues, applyRuleToPast], { timeoutMs: 30_000 });

export const linksOf = (ruleId: string) =>
  prisma.issueLink.findMany({ where: { ruleId }, orderBy: { resultId: "asc" } });

export const readRule = (id: string) => prisma.knownIssueRule.findUniqueOrThrow({ where: { id } });
