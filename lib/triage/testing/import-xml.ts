import type { Member } from "@/lib/auth/member";
import { pool, prisma } from "@/lib/db/client";
import { createProject } from "@/lib/projects/create";
import { inPieces } from "@/lib/results/formats/test-read";
import { type ImportOptions, importResults } from "@/lib/results/import";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { type Algorithm, algorithm as current } from "../algorithm";
import type { Keep } from "../fingerprint/types";
import { fingerprintOf } from "../masks";

/** A project of its own, seen by its administrator. */
export async function makeProject(): Promise<Member> {
  const admin = await makeAdmin();
  const { id: projectId } = await createProject(admin, { name: "Checkout", description: "", defaultBranch: "main" });
  return { ...admin, projectId, projectRole: "ADMIN" };
}

export const suiteOf = (...cases: string[]): string => `<testsuite name="s">${cases.join("")}</testsuite>`;
export const passed = (name: string): string => `<testcase classname="C" name="${name}"/>`;
export const failed = (name: string, message: string, stack = "", of: "failure" | "error" = "failure"): string =>
  `<testcase classname="C" name="${name}"><${of} type="Oops" message="${message}">${stack}</${of}></testcase>`;

export const importXml = (member: Member, xml: string, options: ImportOptions = {}, algorithm?: Algorithm) =>
  importResults(member, inPieces(xml, 512), options, { algorithm });

/** The problems of a run, most frequent first: what the pages count. */
export async function groupsOf(runId: string) {
  const { rows } = await pool.query<{ id: string; title: string; isNew: boolean; failures: number; flaky: number }>(
    `select g.id, g.title, g."firstRunId" = $1 as "isNew", sum(r.failures)::int as failures, sum(r.flaky)::int as flaky
     from "RunFingerprint" r join "Fingerprint" f on f."projectId" = r."projectId" and f.hash = r.hash
     join "FailureGroup" g on g.id = f."groupId" where r."runId" = $1
     group by g.id order by 4 desc, 5 desc, g.title`,
    [runId],
  );
  return rows;
}

/** Everything that groups are made of, in one value. */
export async function groupRows({ projectId }: { projectId: string }) {
  const where = { projectId };
  return {
    groups: await prisma.failureGroup.findMany({ where, orderBy: { id: "asc" } }),
    fingerprints: await prisma.fingerprint.findMany({ where, orderBy: { hash: "asc" } }),
    counts: await prisma.runFingerprint.findMany({ where, orderBy: [{ runId: "asc" }, { hash: "asc" }] }),
    assessments: await prisma.assessment.findMany({ where, orderBy: { id: "asc" } }),
  };
}

/**
 * Throws unless the run is folded as its stored texts say: each failing result has the fingerprint of its own text,
 * each fingerprint a group, and the counts are those of the results.
 */
export async function checkFolded(runId: string, algorithm: Algorithm = current): Promise<void> {
  const run = await prisma.testRun.findUniqueOrThrow({ where: { id: runId }, include: { fingerprints: true } });
  const kept = await prisma.fingerprintMask.findMany({ where: { projectId: run.projectId } });
  // Written by whoever tells failures apart, and read by the algorithm alone.
  const masks = new Map(kept.map(({ hash, keep }) => [hash, keep as Keep]));
  const results = await prisma.testResult.findMany({ where: { runId }, include: { testCase: true } });
  const counted = new Map<string, { failures: number; flaky: number }>();
  for (const result of results) {
    const isFailing = result.status === "failed" || result.status === "error" || result.status === "flaky";
    const hash = isFailing ? fingerprintOf(algorithm, masks, result, result.testCase).hash : null;
    if (result.fingerprint !== hash) throw new Error(`the fingerprint of ${result.testCase.name} is not of its text`);
    if (!hash) continue;
    const count = counted.get(hash) ?? { failures: 0, flaky: 0 };
    counted.set(hash, count);
    count[result.status === "flaky" ? "flaky" : "failures"] += 1;
  }
  const told = run.fingerprints.map(({ hash, failures, flaky }) => [hash, { failures, flaky }]);
  const expected = [...counted].sort(([a], [b]) => (a < b ? -1 : 1));
  if (JSON.stringify(told.sort()) !== JSON.stringify(expected)) throw new Error("the counts are not of the results");
  const known = await prisma.fingerprint.count({
    where: { projectId: run.projectId, hash: { in: [...counted.keys()] } },
  });
  if (known !== counted.size) throw new Error("a fingerprint has no group");
}
