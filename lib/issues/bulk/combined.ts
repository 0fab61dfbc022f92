import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { bold, cell, codeBlock, doc, headerCell, heading, link, paragraph, table } from "@/lib/richtext/build";
import type { RichBlock, RichDoc } from "@/lib/richtext/doc";
import { firstLine } from "@/lib/richtext/terminal";
import { resultUrl } from "../addresses";
import { clip, counted, plain, testOf } from "../failure-text";
import { getFailure } from "../find-result";
import { languageOf } from "../stack-language";

type Row = { title: string; failures: number; resultId: string; suite: string; className: string; name: string };

const mostRows = 100;
const mostSamples = 3;
const most = { cellChars: 200, stackChars: 4_000 };

/** The text of one issue for many failures: each problem with its count, and the first few stacks. */
export async function combinedText(
  member: Member,
  runId: string,
  { resultIds, groupIds }: { resultIds: string[]; groupIds: string[] },
): Promise<RichDoc> {
  const { workspaceId, projectId } = member;
  const run = await prisma.testRun.findFirstOrThrow({
    where: { id: runId, workspaceId, projectId },
    select: { number: true, branch: true, commit: true },
  });
  const rows = await problemsOf(member, runId, { resultIds, groupIds });
  const failures = rows.reduce((sum, row) => sum + row.failures, 0);
  const place = [run.branch, run.commit?.slice(0, 7)].filter(Boolean).join(" · ");
  const runLink = link(resultUrl({ projectId, runId }), `run ${run.number}`);
  const shown = rows.slice(0, mostRows);
  const samples = await Promise.all(rows.slice(0, mostSamples).map((row) => sampleOf(member, row)));
  return doc(
    paragraph(
      bold(`${counted(failures, "failure")}, ${counted(rows.length, "problem")}`),
      " in ",
      runLink,
      place && ` (${place})`,
    ),
    table(
      [headerCell([paragraph("Problem")]), headerCell([paragraph("Failures")]), headerCell([paragraph("For example")])],
      ...shown.map((row) => [
        cell([paragraph(clip(firstLine(row.title), most.cellChars))]),
        cell([paragraph(String(row.failures))]),
        cell([
          paragraph(link(resultUrl({ projectId, runId, resultId: row.resultId }), clip(testOf(row), most.cellChars))),
        ]),
      ]),
    ),
    ...(rows.length > shown.length
      ? [paragraph(`… and ${counted(rows.length - shown.length, "more problem")} in the run.`)]
      : []),
    ...samples.flat(),
  );
}

/** What is named problem by problem, the greatest first. Of whole groups all that failed in the run counts. */
const problemsOf = (
  { workspaceId, projectId }: Member,
  runId: string,
  { resultIds, groupIds }: { resultIds: string[]; groupIds: string[] },
) => prisma.$queryRaw<Row[]>`
  with failing as (
    select r.id, r.rank, f."groupId", r."caseId", coalesce(f."groupId", r.id) as problem
    from "TestResult" r left join "Fingerprint" f on f."projectId" = r."projectId" and f.hash = r.fingerprint
    where r."runId" = ${runId}::uuid and r."workspaceId" = ${workspaceId}::uuid and r."projectId" = ${projectId}::uuid
      and (r.id = any(${resultIds}::uuid[])
        or f."groupId" = any(${groupIds}::uuid[]) and r.status in ('failed', 'error'))),
  problem as (
    select distinct on (problem) id, "groupId", "caseId", (count(*) over (partition by problem))::int as failures
    from failing order by problem, rank, id)
  select p.id as "resultId", p.failures, coalesce(g.title, left(r.message, 300), r.type, r.status::text) as title,
    c.suite, c."className", c.name
  from problem p join "TestResult" r on r.id = p.id join "TestCase" c on c.id = p."caseId"
  left join "FailureGroup" g on g.id = p."groupId"
  order by p.failures desc, p.id`;

async function sampleOf(member: Member, { resultId, title }: Row): Promise<RichBlock[]> {
  const { stack } = await getFailure(member, resultId);
  const text = clip(plain(stack), most.stackChars, "\n… the rest is in the run");
  return text ? [heading(3, clip(firstLine(title), most.cellChars)), codeBlock(text, languageOf(text))] : [];
}
