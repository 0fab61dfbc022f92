import type pg from "pg";
import { resultsImported } from "@/inngest/events";
import { send } from "@/inngest/outbox";
import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { newId } from "@/lib/db/ids";
import { insert, plainTx } from "@/lib/db/plain-tx";
import { env } from "@/lib/env";
import { announce } from "@/lib/events/announce";
import { type Algorithm, algorithm as current } from "@/lib/triage/algorithm";
import { refineStaged } from "@/lib/triage/refine-staged";
import { applyImportedSeverity } from "@/lib/triage/severity";
import { type Folding, holdGroups, storeGroups } from "@/lib/triage/store-groups";
import { Meter, type Progress } from "@/lib/upload/meter";
import { foldRepeated } from "./fold";
import type { Counts } from "./formats/entry";
import { readJUnit } from "./formats/junit";
import { Warnings } from "./formats/warnings";
import { Intake } from "./intake";
import { completeRun, numberRun, openRun, type RunFacts } from "./run-of-import";
import { countResults, storeCases, storeResults, type Totals } from "./store";

export type ImportOptions = RunFacts & {
  filename?: string | undefined;
};

export type Watching = {
  /** What content-length promised; fewer bytes are a truncated upload. */
  expectedBytes?: number | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  /** By which failures are folded into groups. */
  algorithm?: Algorithm | undefined;
};

export type Imported = {
  run: { id: string; url: string };
  /** Every test case element of the file. */
  read: Counts;
  /** What the run holds now. */
  totals: Counts;
  cases: { created: number; existing: number };
  results: { created: number; folded: number; duplicates: number };
  warnings: string[];
};

/**
 * Imports one file into a run of the member's project: all of it, or nothing. Options that are only known when the body
 * has been read, because they stand after the file, come as a function.
 */
export async function importResults(
  member: Member,
  body: AsyncIterable<Uint8Array>,
  options: ImportOptions | (() => ImportOptions) = {},
  { expectedBytes, onProgress, algorithm = current }: Watching = {},
): Promise<Imported> {
  const meter = new Meter();
  const warnings = new Warnings();
  const intake = new Intake(algorithm);
  try {
    const bytes = meter.through(body, { maxBytes: env().FAULTLINE_IMPORT_MAX_BYTES, expectedBytes });
    for await (const entries of readJUnit(bytes, warnings)) {
      await intake.add(entries);
      onProgress?.({ bytes: meter.bytes, cases: intake.cases });
    }
    if (intake.cases === 0) warnings.add("The file has no test cases.");

    const client = await intake.staged();
    await foldRepeated(client);
    const file = { sha256: meter.sha256(), sizeBytes: meter.bytes, read: intake.read, warnings: warnings.list() };
    const folding = { algorithm, masks: await refineStaged(client, member, algorithm) };
    const facts = typeof options === "function" ? options() : options;
    const imported = await storeFile(client, member, file, facts, folding);
    await intake.settle("commit");
    return imported;
  } catch (error) {
    await intake.settle("rollback");
    throw error;
  }
}

type File = { sha256: string; sizeBytes: number; read: Counts; warnings: string[] };

async function storeFile(
  client: pg.PoolClient,
  member: Member,
  file: File,
  options: ImportOptions,
  folding: Folding,
): Promise<Imported> {
  const { read } = file;
  const elements = sum(read);
  const staged = await countStaged(client);
  const run = await openRun(client, member, options, member.userId);
  const before = run.isNew ? null : await countResults(client, member, run.id);

  if (before && (await hasFile(client, member, run.id, file.sha256)))
    return {
      ...answer(member.projectId, run.id, read, before.totals, file.warnings),
      cases: { created: 0, existing: staged },
      results: { created: 0, folded: 0, duplicates: elements },
    };

  const { attempt = 1, environment = "" } = options;
  const casesCreated = await storeCases(client, member);
  await applyImportedSeverity(client, member);
  if (!run.isNew) await holdGroups(client, member, run.id);
  await storeResults(client, member, {
    runId: run.id,
    environment,
    isNewRun: run.isNew,
    isLaterAttempt: attempt > 1,
    allCasesNew: casesCreated === staged,
  });
  const after = await countResults(client, member, run.id);
  await client.query(
    `update "TestRun" set passed = $3, failed = $4, error = $5, skipped = $6, flaky = $7, blocked = $8, retest = $9,
       "durationMs" = $10, "updatedAt" = now() where id = $1 and "workspaceId" = $2`,
    [run.id, member.workspaceId, ...inOrder(after.totals), after.durationMs],
  );
  if (!run.isNew) await completeRun(client, member, run.id, options);
  const warnings = [...file.warnings, ...(await storeGroups(client, member, run.id, folding))];

  const created = after.count - (before?.count ?? 0);
  const imported: Imported = {
    ...answer(member.projectId, run.id, read, after.totals, warnings),
    cases: { created: casesCreated, existing: staged - casesCreated },
    results: { created, folded: elements - created, duplicates: 0 },
  };
  await record(client, member, run, { ...file, warnings }, options, imported);
  return imported;
}

const inOrder = ({ passed, failed, error, skipped, flaky, blocked, retest }: Totals) => [
  passed,
  failed,
  error,
  skipped,
  flaky,
  blocked,
  retest,
];

const sum = (counts: Counts) => Object.values(counts).reduce((total, count) => total + count, 0);

const answer = (
  projectId: string,
  runId: string,
  read: Counts,
  { passed, failed, error, skipped, flaky }: Totals,
  warnings: string[],
) => ({
  run: { id: runId, url: `${env().FAULTLINE_URL}/projects/${projectId}/runs/${runId}` },
  read,
  totals: { passed, failed, error, skipped, flaky },
  warnings,
});

async function countStaged(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ count: number }>("select count(*)::int as count from staging");
  return rows[0]?.count ?? 0;
}

async function hasFile(client: pg.PoolClient, { workspaceId }: Member, runId: string, sha256: string) {
  const { rowCount } = await client.query(
    `select 1 from "RunFile" where "runId" = $1 and sha256 = $2 and "workspaceId" = $3`,
    [runId, sha256, workspaceId],
  );
  return rowCount !== 0;
}

/** The file's own row, the audit row, the event and the word to open pages; the run's number comes last. */
async function record(
  client: pg.PoolClient,
  member: Member,
  run: { id: string; isNew: boolean },
  { sha256, sizeBytes, read, warnings }: File,
  { filename, attempt = 1, environment = "" }: ImportOptions,
  { results }: Imported,
): Promise<void> {
  const { workspaceId, projectId } = member;
  const tx = plainTx(client);
  const fileId = newId();
  await insert(client, "RunFile", {
    id: fileId,
    workspaceId,
    runId: run.id,
    sha256,
    filename: filename ?? null,
    sizeBytes,
    attempt,
    environment,
    read,
    warnings,
    importedById: member.userId,
  });
  await audit(tx, member, "results.imported", {
    subjectType: "run",
    subjectId: run.id,
    projectId,
    after: { fileId, filename: filename ?? null, read, results },
  });
  await send(tx, resultsImported.create({ workspaceId, runId: run.id, fileId }));
  await announce(tx, { workspaceId, projectId, topic: "run", id: run.id });
  if (run.isNew) await numberRun(client, member, run.id);
}
