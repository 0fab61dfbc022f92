import { parseArgs } from "node:util";
import { pauseFunction, resumeFunction } from "@/inngest/embedded/control";
import { pool, type Tx, transaction } from "@/lib/db/client";
import { announce } from "@/lib/events/announce";
import { redact } from "@/lib/redact";
import { functionIdOf, functionName } from "./function-name";
import { jobStates } from "./inputs";
import { RUN_COLUMNS, type RunRow, STATE } from "./sql";
import { told } from "./told";

const USAGE = `Usage: npm run jobs -- list [--state ${jobStates.join("|")}] [--function <name>] [--limit 20]
       npm run jobs -- pause <function>
       npm run jobs -- resume <function>`;

/** The functions with what they have to do, then the newest jobs: of all workspaces, and the installation's own. */
export async function list({ state, functionId, limit }: Narrowed): Promise<string> {
  const { rows: functions } = await pool.query<{ id: string; pausedAt: Date | null; open: number; failed: number }>(
    `SELECT fn.id, paused_at AS "pausedAt", count(run.id) FILTER (WHERE run.state IN ('queued', 'running'))::int AS open,
       count(run.id) FILTER (WHERE run.state = 'failed')::int AS failed
     FROM executor.function AS fn LEFT JOIN executor.run ON run.function_id = fn.id GROUP BY fn.id ORDER BY fn.id`,
  );
  const { rows: jobs } = await pool.query<RunRow & { workspace: string | null }>(
    `SELECT ${RUN_COLUMNS}, (SELECT name FROM "Workspace" WHERE id = run.workspace_id) AS workspace
     FROM executor.run LEFT JOIN executor.function AS fn ON fn.id = run.function_id
     WHERE ($1::text IS NULL OR ${STATE} = $1) AND ($2::text IS NULL OR run.function_id = $2)
     ORDER BY run.id DESC LIMIT $3`,
    [state, functionId, limit],
  );
  const { rows: refused } = await pool.query<{ id: string; name: string; refusedAt: Date; refusal: string }>(
    `SELECT id, name, "refusedAt", refusal FROM "Outbox" WHERE "refusedAt" IS NOT NULL ORDER BY "createdAt", id LIMIT $1`,
    [limit],
  );
  return [
    ...table(
      ["FUNCTION", "UNFINISHED", "FAILED", ""],
      functions.map((fn) => [
        ...[functionName(fn.id), String(fn.open), String(fn.failed)],
        fn.pausedAt ? `paused since ${fn.pausedAt.toISOString()}` : "",
      ]),
    ),
    "",
    ...table(
      ["JOB", "STATE", "FUNCTION", "WORKSPACE", "ATTEMPTS", "QUEUED", ""],
      jobs.map((job) => [
        ...[job.id, job.pausedAt ? "paused" : job.state, functionName(job.functionId), job.workspace ?? "(none)"],
        ...[String(job.attempts), job.createdAt.toISOString(), aboutOf(job)],
      ]),
    ),
    // Only a real Inngest server refuses any.
    ...(refused.length > 0
      ? [
          "",
          ...table(
            ["REFUSED EVENT", "NAME", "REFUSED", ""],
            refused.map(({ id, name, refusedAt, refusal }) => [
              ...[id, name, refusedAt.toISOString()],
              redact(refusal.replace(/\s+/g, " ")).slice(0, 80),
            ]),
          ),
          "The Inngest server refused these; they are sent again when the product next starts.",
        ]
      : []),
  ].join("\n");
}

type Narrowed = { state: string | null; functionId: string | null; limit: number };

/** In a line: when it goes on, and what was wrong. */
function aboutOf({ dueAt, error }: RunRow): string {
  const said = told(error)?.message.replace(/\s+/g, " ").slice(0, 80);
  return [dueAt && `goes on ${dueAt.toISOString()}`, said].filter(Boolean).join("; ");
}

/**
 * Lines in columns, each as wide as the longest of its cells; the last one is never padded. Names are people's and
 * errors are trackers': what would move a terminal's cursor, or turn its text around, is left out.
 */
function table(head: string[], cells: string[][]): string[] {
  const rows = cells.map((row) => row.map((cell) => cell.replace(/[\p{Cc}\p{Cf}]/gu, "")));
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** Pauses a function for the whole installation, or lets it go on. Says what has become of it. */
export async function setPaused(name: string, isPaused: boolean): Promise<string> {
  const id = functionIdOf(name);
  return transaction(async (tx) => {
    const hasChanged = await (isPaused ? pauseFunction : resumeFunction)(tx, id);
    if (hasChanged) await tell(tx, id);
    else if (!(await tx.executorFunction.count({ where: { id } }))) throw new Error(await unknown(tx, name));
    const open = await tx.executorRun.count({ where: { functionId: id, state: { in: ["queued", "running"] } } });
    const stands = isPaused ? "paused; what runs at this moment ends its call, and the rest waits" : "not paused";
    return `${functionName(id)} is ${hasChanged || !isPaused ? "" : "already "}${stands}. Unfinished jobs: ${open}.`;
  });
}

/** Open pages show at once that it is paused, or no more. */
async function tell(tx: Tx, functionId: string): Promise<void> {
  const where = { functionId, state: { in: ["queued", "running"] }, workspaceId: { not: null } };
  const runs = await tx.executorRun.findMany({
    where,
    distinct: ["workspaceId"],
    select: { id: true, workspaceId: true },
  });
  for (const { id, workspaceId } of runs)
    if (workspaceId) await announce(tx, { workspaceId, projectId: null, topic: "job", id });
}

async function unknown(tx: Tx, name: string): Promise<string> {
  const known = await tx.executorFunction.findMany({ select: { id: true }, orderBy: { id: "asc" } });
  return `There is no function "${name}". There are: ${known.map(({ id }) => functionName(id)).join(", ") || "none yet"}.`;
}

/** What a command line asks for; throws the usage, or what is wrong with it. */
export async function operate(args: string[]): Promise<string> {
  const options = { state: { type: "string" }, function: { type: "string" }, limit: { type: "string" } } as const;
  const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
  const [command, name, ...rest] = positionals;
  if (rest.length === 0 && name && (command === "pause" || command === "resume"))
    return setPaused(name, command === "pause");
  if (command !== "list" || name) throw new Error(USAGE);
  const limit = Number(values.limit ?? 20);
  const isState = values.state === undefined || jobStates.some((state) => state === values.state);
  if (!isState || !Number.isInteger(limit) || limit < 1 || limit > 100) throw new Error(USAGE);
  const functionId = values.function === undefined ? null : functionIdOf(values.function);
  return list({ state: values.state ?? null, functionId, limit });
}

if (process.argv[1] === import.meta.filename) {
  operate(process.argv.slice(2))
    .then(console.log)
    .catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    })
    .finally(() => pool.end());
}
