import type { Member } from "@/lib/auth/member";
import type { PreviewInput } from "./inputs";
import { lookBack } from "./look-back";
import { getKnownIssue } from "./named-issue";
import { past } from "./past";
import { countByHand, countIssues, examplesOf, namedGroups } from "./preview-parts";
import { check } from "./save-rule";
import type { RulePreview } from "./shapes";

/** It looks for so long, and then shows what it has found. */
const mostMs = { searching: 1_500, finding: 500 };
const mostShown = 20;

/** What a rule would have matched, before anything depends on it. Nothing is stored. */
export async function previewRule(member: Member, { issueId, ...what }: PreviewInput): Promise<RulePreview> {
  const search = check(what);
  if (issueId !== undefined) await getKnownIssue(member, issueId);
  const end = performance.now() + mostMs.searching;
  const looked = await lookBack(member, search, () => performance.now() > end);

  const { matched, groups, runs } = looked;
  const partly = [...groups.values()].filter((group) => group.matched > 0 && group.matched < group.failures);
  const touched = [...groups].filter(([, group]) => group.matched > 0);
  touched.sort(([, a], [, b]) => b.matched - a.matched);
  const byRun = [...runs.values()].filter((run) => run.matched > 0);
  return {
    searched: { ...looked.searched, days: past.days, mostResults: past.results },
    matched: matched.length,
    runs: byRun.slice(0, mostShown),
    runCount: byRun.length,
    groups: await namedGroups(member, touched.slice(0, mostShown)),
    groupCount: touched.length,
    ratedByHand: await countByHand(
      member,
      touched.map(([id]) => id),
    ),
    partlyCovered: partly.length,
    ...(await countIssues(
      member,
      matched.map(({ failure }) => failure),
      issueId,
    )),
    examples: await examplesOf(member, search, matched.slice(0, mostShown), mostMs.finding),
  };
}
