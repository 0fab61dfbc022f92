import { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { algorithm, type FailureText, type Place } from "./algorithm";
import type { OfRun } from "./group-rows";
import { type FingerprintView, fingerprintSchema } from "./shapes";

const shownFingerprints = 200;
// Reading the texts takes longer than everything else: of so many fingerprints, and so many results of each.
const readFingerprints = 10;
const readResults = 20;
const shownExamples = 5;
const longestExample = 200;

const partsSchema = z.object({
  type: z.string(),
  message: z.string(),
  frames: z.array(z.string()),
  refined: z.object({ label: z.string(), value: z.string() }).optional(),
});

type Row = Pick<FingerprintView, "hash" | "version" | "similarity" | "failures" | "resultId"> & {
  joinedBy: string;
  parts: unknown;
  isMasked: boolean;
};

/** Why failures are in the group: its fingerprints, the most frequent in the run (without one: in all) first. */
export async function fingerprintsOf(
  { workspaceId, projectId }: Member,
  groupId: string,
  run: OfRun | null,
): Promise<FingerprintView[]> {
  const rows = await prisma.$queryRaw<Row[]>`
    select f.hash, f.version, f."joinedBy", f.similarity, f.parts, coalesce(t.failures, 0)::int as failures,
      coalesce(t."resultId", f."resultId") as "resultId",
      exists (select from "FingerprintMask" m where m."projectId" = f."projectId" and m.hash = f.hash) as "isMasked"
    from "Fingerprint" f
    left join lateral (
      select sum(r.failures + r.flaky) as failures, (array_agg(r."resultId" order by r."runId" desc))[1] as "resultId"
      from "RunFingerprint" r
      where r."projectId" = f."projectId" and r.hash = f.hash
        ${run ? Prisma.sql`and r."runId" = ${run.id}::uuid` : Prisma.empty}) t on true
    where f."groupId" = ${groupId}::uuid and f."workspaceId" = ${workspaceId}::uuid
      and f."projectId" = ${projectId}::uuid
    order by failures desc, f."createdAt", f.hash limit ${shownFingerprints}`;
  const told = rows.map(({ parts, ...row }) => ({ ...row, parts: partsSchema.parse(parts) }));
  // What was told apart once is not told apart again, neither as a whole nor in its parts; and only what the present
  // version makes can be.
  const readable = told
    .filter(({ parts, isMasked, version }) => !parts.refined && !isMasked && version === algorithm.version)
    .slice(0, readFingerprints);
  const splits = await splitsOf(
    projectId,
    readable.map(({ hash }) => hash),
    run,
  );
  return told.map(({ parts, isMasked: _, ...row }) => ({
    ...row,
    joinedBy: fingerprintSchema.shape.joinedBy.catch("first").parse(row.joinedBy),
    threshold: algorithm.threshold,
    type: parts.type,
    message: parts.refined ? `${parts.message} (${parts.refined.label}: ${parts.refined.value})` : parts.message,
    frames: parts.frames,
    splits: splits.get(row.hash) ?? [],
  }));
}

type Text = FailureText & Place & { hash: string };
type Splits = FingerprintView["splits"];

/** By what the latest failures of each fingerprint differ: what all of them share tells nothing apart. */
async function splitsOf(projectId: string, hashes: string[], run: OfRun | null): Promise<Map<string, Splits>> {
  const texts = await prisma.$queryRaw<Text[]>`
    select f.hash, r.type, r.message, r.stack, c.suite, c.name
    from unnest(${hashes}::uuid[]) f(hash)
    cross join lateral (
      select r.type, r.message, r.stack, r."caseId" from "RunFingerprint" x
      join "TestResult" r on r."runId" = x."runId" and r.fingerprint = x.hash
      where x."projectId" = ${projectId}::uuid and x.hash = f.hash
        ${run ? Prisma.sql`and x."runId" = ${run.id}::uuid` : Prisma.empty}
      order by x."runId" desc limit ${readResults}) r
    join "TestCase" c on c.id = r."caseId"`;
  const byHash = new Map<string, Map<string, { keep: unknown; label: string; values: Set<string> }>>();
  for (const text of texts) {
    const known = byHash.get(text.hash) ?? new Map();
    byHash.set(text.hash, known);
    for (const { keep, label, value } of algorithm.splits(text)) {
      const key = JSON.stringify(keep);
      const split = known.get(key) ?? { keep, label, values: new Set<string>() };
      known.set(key, split);
      split.values.add(placeIn(keep.kind, text) ?? value);
    }
  }
  return new Map(
    [...byHash].map(([hash, known]) => [
      hash,
      [...known.values()]
        .filter(({ values }) => values.size > 1)
        .map(({ keep, label, values }) => ({ keep, label, examples: [...values].slice(0, shownExamples).map(short) })),
    ]),
  );
}

const placeIn = (kind: string, { suite, name }: Place): string | null =>
  kind === "suite" ? suite : kind === "case" ? `${suite} › ${name}` : null;

const short = (text: string) => (text.length > longestExample ? `${text.slice(0, longestExample - 1)}…` : text);
