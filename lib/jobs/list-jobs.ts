import type { Actor } from "@/lib/auth/member";
import { pool } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import type { JobState, JobsFilter } from "./inputs";
import { type Job, jobSchema } from "./shapes";
import { IDS, RUN_COLUMNS, type RunRow, STATE } from "./sql";
import { type EventIds, findSubjects } from "./subjects";
import { told } from "./told";

const PAGE = 50;
const DAY_MS = 86_400_000;

type Row = RunRow & { ids: EventIds };

// The installation's own jobs have no workspace, so they are nobody's here. Ids grow with time: a day is a range of them.
const MATCHES = `run.workspace_id = $1
  AND ($2::uuid IS NULL OR run.id >= $2) AND ($3::uuid IS NULL OR run.id < $3)
  AND ($4::text IS NULL OR run.function_id = $4)
  AND ($5::uuid IS NULL OR run.id = $5 OR ($5::uuid <> $1 AND EXISTS (SELECT FROM executor.event
    WHERE event.id = ANY (run.event_ids) AND event.data::text LIKE '%"' || $5 || '"%')))`;

const matching = ({ workspaceId }: Actor, { functionId, q, from, to }: JobsFilter) => [
  workspaceId,
  from ? firstIdAt(Date.parse(from)) : null,
  to ? firstIdAt(Date.parse(to) + DAY_MS) : null,
  functionId ?? null,
  q?.toLowerCase() || null,
];

/** The workspace's jobs, the newest first, 50 at a time; the last id seen is the cursor. */
export async function listJobs(admin: Actor, filter: JobsFilter): Promise<{ jobs: Job[]; next: string | null }> {
  const { state, cursor } = filter;
  if (isNoId(filter)) return { jobs: [], next: null };
  const stored = state === "retrying" || state === "waiting" ? "running" : state;
  const { rows } = await pool.query<Row>(
    `SELECT ${RUN_COLUMNS}, (SELECT ${IDS} FROM executor.event WHERE event.id = run.event_ids[1]) AS ids
     FROM executor.run LEFT JOIN executor.function AS fn ON fn.id = run.function_id
     WHERE ${MATCHES} AND ($6::uuid IS NULL OR run.id < $6) AND ($7::text IS NULL OR (run.state = $8 AND ${STATE} = $7))
     ORDER BY run.id DESC LIMIT ${PAGE + 1}`,
    [...matching(admin, filter), cursor ?? null, state ?? null, stored ?? null],
  );
  const shown = rows.slice(0, PAGE);
  const subjects = await findSubjects(
    admin.workspaceId,
    shown.map(({ ids }) => ids),
  );
  // The schema leaves out whatever it does not name.
  const jobs = shown.map((row, place) =>
    jobSchema.parse({ ...row, error: told(row.error), subjects: subjects[place] ?? [] }),
  );
  return { jobs, next: rows.length > PAGE ? (jobs.at(-1)?.id ?? null) : null };
}

/** How many jobs stand how, of those that the rest of the filter leaves. */
export async function countJobs(admin: Actor, filter: JobsFilter): Promise<Partial<Record<JobState, number>>> {
  if (isNoId(filter)) return {};
  const { rows } = await pool.query<{ state: JobState; count: number }>(
    `SELECT ${STATE} AS state, count(*)::int AS count FROM executor.run WHERE ${MATCHES} GROUP BY 1`,
    matching(admin, filter),
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** Nothing has a part of an id, or a word, for its id. */
const isNoId = ({ q }: JobsFilter) => Boolean(q) && !isId(q);

/** The least UUIDv7 of a moment: its first 48 bits are the milliseconds. */
function firstIdAt(ms: number): string {
  const hex = ms.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** The functions of the workspace's jobs, and since when one is paused. */
export async function listJobFunctions({ workspaceId }: Actor): Promise<{ id: string; pausedAt: Date | null }[]> {
  const { rows } = await pool.query<{ id: string; pausedAt: Date | null }>(
    `SELECT run.function_id AS id, fn.paused_at AS "pausedAt"
     FROM (SELECT DISTINCT function_id FROM executor.run WHERE workspace_id = $1) AS run
     LEFT JOIN executor.function AS fn ON fn.id = run.function_id ORDER BY 1`,
    [workspaceId],
  );
  return rows;
}
