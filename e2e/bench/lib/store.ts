import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import type { Member } from "@/lib/auth/member";
import { pool, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { createProject } from "@/lib/projects/create";
import { type Imported, importResults } from "@/lib/results/import";
import { createAccount, createWorkspace } from "@/lib/workspaces/accounts";
import { print } from "./figure";

/** What an import fills, in an order in which they may be filled. */
const tables = ["TestRun", "TestCase", "TestResult", "FailureGroup", "Fingerprint", "RunFingerprint"] as const;

/** A workspace with a project, and its administrator. */
export async function makeMember(): Promise<Member> {
  const actor = await transaction(async (tx) => {
    const userId = await createAccount(tx, { name: "Bench", email: `${newId()}@example.com`, passwordHash: "" });
    return createWorkspace(tx, userId, "Bench");
  });
  const project = await createProject(actor, { name: "Bench", description: "", defaultBranch: "main" });
  return { ...actor, projectId: project.id, projectRole: "ADMIN" };
}

/** Empty tables, and no checkpoint in the middle of what is measured. */
export async function clear(): Promise<void> {
  await pool.query(`truncate "RunFile", ${tables.map((table) => `"${table}"`).join(", ")} cascade`);
  await pool.query("checkpoint");
}

export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}

type Rows = Map<string, Buffer>;

/** The rows of the tables in COPY's own text form. */
async function takeRows(): Promise<Rows> {
  const client = await pool.connect();
  const rows: Rows = new Map();
  for (const table of tables) rows.set(table, await buffer(client.query(copyTo(`copy "${table}" to stdout`))));
  client.release();
  return rows;
}

/** The limit: the same rows into the same tables, with all their keys and indexes, by COPY alone. */
async function copyRows(rows: Rows): Promise<void> {
  const client = await pool.connect();
  await client.query("begin");
  for (const table of tables) {
    const source = Readable.from([rows.get(table) ?? Buffer.alloc(0)]);
    await pipeline(source, client.query(copyFrom(`copy "${table}" from stdin`)));
  }
  await client.query("commit");
  client.release();
}

async function countRows(): Promise<string> {
  const { rows } = await pool.query(
    tables
      .map((table) => `(select count(*) from "${table}")`)
      .join(" || ' ' || ")
      .replace(/^/, "select ")
      .concat(" as n"),
  );
  return rows[0].n;
}

export const check = (holds: boolean, what: string) => {
  if (!holds) throw new Error(`the benchmark's result is wrong: ${what}`);
};

/** An import, the same again, and COPY of the rows that it made, taking turns. */
export async function storeFigures(member: Member, file: string, cases: number): Promise<void> {
  const best = {
    imported: Number.POSITIVE_INFINITY,
    again: Number.POSITIVE_INFINITY,
    copied: Number.POSITIVE_INFINITY,
  };
  let firstProgress = 0;
  for (let round = 0; round < 5; round += 1) {
    await clear();
    const start = performance.now();
    let told = 0;
    const onProgress = () => {
      told ||= performance.now() - start;
    };
    const load = () => importResults(member, createReadStream(file), { run: "bench" }, { onProgress });
    const first = await timed(load);
    firstProgress = Math.max(firstProgress, told);
    check(first.value.results.created === cases, "all results are created");
    const made = await countRows();
    const again = await timed(load);
    check(again.value.results.duplicates === cases && (await countRows()) === made, "the second import adds nothing");

    const rows = await takeRows();
    await clear();
    const copied = await timed(() => copyRows(rows));
    check((await countRows()) === made, "COPY stores the same rows");
    best.imported = Math.min(best.imported, first.ms);
    best.again = Math.min(best.again, again.ms);
    best.copied = Math.min(best.copied, copied.ms);
  }
  const bench = "import";
  print({
    bench,
    figure: "import of 100,000 results",
    value: best.imported,
    unit: "ms",
    ratio: best.imported / best.copied,
    limit: "<= 2.5 x COPY, <= 6000",
  });
  print({ bench, figure: "import, COPY of the same rows", value: best.copied, unit: "ms" });
  print({
    bench,
    figure: "re-import, 0 new rows",
    value: best.again,
    unit: "ms",
    ratio: best.again / best.copied,
    limit: "<= 1.5 x COPY",
  });
  print({ bench, figure: "import, first progress", value: firstProgress, unit: "ms", limit: "<= 200" });
}

/** Eight shards posted at once, into one run. */
export async function parallelFigure(member: Member, shards: string[], cases: number): Promise<void> {
  await clear();
  const { ms, value } = await timed(() =>
    Promise.all(shards.map((file) => importResults(member, createReadStream(file), { run: "parallel" }))),
  );
  check(new Set(value.map(({ run }: Imported) => run.id)).size === 1, "one run");
  check(value.reduce((sum, { results }) => sum + results.created, 0) === cases, "all results of all shards");
  print({
    bench: "import",
    figure: `${shards.length} parallel imports into one run, ${cases} results`,
    value: ms,
    unit: "ms",
    limit: "no deadlock",
  });
}
