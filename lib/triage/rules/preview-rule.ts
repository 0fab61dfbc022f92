import type { Member } from "@/lib/auth/member";
import { type Failure, nextFailures, type Place } from "./failures";
import type { PreviewInput } from "./inputs";
import { Judge } from "./judge";
import { getKnownIssue } from "./named-issue";
import { type PastRun, past, pastRuns } from "./past";
import { countIssues, examplesOf, namedGroups } from "./preview-parts";
import { check } from "./save-rule";
import type { RulePreview } from "./shapes";

/** It looks for so long, and then shows what it has found. */
const mostMs = { searching: 1_500, finding: 500 };
const batch = 1_000;
const mostRuns = 1_000;
const mostShown = 20;

type Matched = { failure: Failure; run: PastRun };

/** What a rule would have matched, before anything depends on it. Nothing is stored. */
export async function previewRule(member: Member, { issueId, ...what }: PreviewInput): Promise<RulePreview> {
  const search = check(what);
  if (issueId !== undefined) await getKnownIssue(member, issueId);
  const end = performance.now() + mostMs.searching;
  const looked = await lookBack(member, { search, spentMs: 0 }, () => performance.now() > end);

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
    partlyCovered: partly.length,
    ...(await countIssues(
      member,
      matched.map(({ failure }) => failure),
      issueId,
    )),
    examples: await examplesOf(member, search, matched.slice(0, mostShown), mostMs.finding),
  };
}

async function lookBack(
  member: Member,
  rule: { search: ReturnType<typeof check>; spentMs: number },
  isLate: () => boolean,
) {
  const judge = new Judge(member.workspaceId, [rule]);
  const matched: Matched[] = [];
  const groups = new Map<string, { matched: number; failures: number }>();
  const runs = new Map<string, { id: string; number: number; matched: number }>();
  const searched = { results: 0, runs: 0, since: null as string | null, isWhole: true }; // widened: it is set below
  for (const run of await pastRuns(member, null, mostRuns)) {
    let after: Place | null = null;
    for (let isMore = true; isMore; ) {
      const most = Math.min(batch, past.results - searched.results);
      if (most === 0) return { matched, groups, runs, searched };
      if (isLate()) return { matched, groups, runs, searched: { ...searched, isWhole: false } };
      const failures: Failure[] = await nextFailures({ workspaceId: member.workspaceId, runId: run.id }, after, most);
      const judged = await judge.judge(failures, isLate);
      for (const { failure, rules } of judged) {
        const does = rules.length > 0 ? 1 : 0;
        if (does) matched.push({ failure, run });
        add(groups, failure.groupId, { matched: 0, failures: 0 }, (group) => {
          group.matched += does;
          group.failures += 1;
        });
        add(runs, run.id, { id: run.id, number: run.number, matched: 0 }, (one) => {
          one.matched += does;
        });
      }
      searched.results += judged.length;
      if (judged.length > 0) searched.since = run.createdAt.toISOString();
      searched.runs = runs.size;
      if (judged.length < failures.length) searched.isWhole = false;
      after = failures.at(-1) ?? null;
      isMore = searched.isWhole && failures.length === most;
    }
    if (!searched.isWhole) break;
  }
  return { matched, groups, runs, searched };
}

function add<T>(map: Map<string, T>, key: string | null, fresh: T, change: (value: T) => void): void {
  if (key === null) return;
  const value = map.get(key) ?? fresh;
  map.set(key, value);
  change(value);
}
