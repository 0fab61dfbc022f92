import type { Actor } from "@/lib/auth/member";
import { pool } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import type { JobsFilter } from "./inputs";
import type { Job } from "./shapes";
import { jobSchema } from "./shapes";
import { IDS, RUN_COLUMNS, type RunRow, STATE } from "./sql";
import { type EventIds, findSubjects } from "./subjects";
import { told } from "./told";

const PAGE = 50;
const DAY_MS = 86_400_000;

type Row = RunRow & { ids: EventIds };

/**
 * The workspace's jobs, the newest first: ids grow with time, so one of them is the cursor and a day a range of them.
 * The installation's own jobs have no workspace and are nobody's here.
 */
export async function listJobs(
  { workspaceId }: Actor,
  filter: JobsFilter,
): Promise<{ jobs: Job[]; next: string | null }> {
  const { state, functionId, q, from, to, cursor } = filter;
  if (q && !isId(q)) return { jobs: [], next: null };
  const before = to ? firstIdAt(Date.parse(to) + DAY_MS) : null;
  const { rows } = await pool.query<Row>(
    `SELECT ${RUN_COLUMNS},
       (SELECT ${IDS} FROM executor.event WHERE event.id = run.event_ids[1]) AS ids
     FROM executor.run LEFT JOIN executor.function AS fn ON fn.id = run.function_id
     WHERE run.workspace_id = $1
       AND ($2::uuid IS NULL OR run.id < $2) AND ($3::uuid IS NULL OR run.id < $3) AND ($4::uuid IS NULL OR run.id >= $4)
       AND ($5::text IS NULL OR run.function_id = $5)
       AND ($6::text IS NULL OR (run.state = $7 AND ${STATE} = $6))
       AND ($8::uuid IS NULL OR run.id = $8 OR EXISTS (SELECT FROM executor.event
         WHERE event.id = ANY (run.event_ids) AND $8::text IN (SELECT value FROM jsonb_each_text(${IDS}))))
     ORDER BY run.id DESC LIMIT ${PAGE + 1}`,
    [
      workspaceId,
      cursor ?? null,
      before,
      from ? firstIdAt(Date.parse(from)) : null,
      functionId ?? null,
      state ?? null,
      state === "retrying" || state === "waiting" ? "running" : (state ?? null),
      q?.toLowerCase() || null,
    ],
  );
  const shown = rows.slice(0, PAGE);
  const subjects = await findSubjects(
    workspaceId,
    shown.map(({ ids }) => ids),
  );
  // The schema leaves out whatever it does not name.
  const jobs = shown.map((row, place) =>
    jobSchema.parse({ ...row, error: told(row.error), subjects: subjects[place] ?? [] }),
  );
  return { jobs, next: rows.length > PAGE ? (jobs.at(-1)?.id ?? null) : null };
}

/** The least UUIDv7 of a moment: its first 48 bits are the milliseconds. */
function firstIdAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** What there is to choose from: the functions of the workspace's jobs, and since when one is paused. */
export async function listJobFunctions({ workspaceId }: Actor): Promise<{ id: string; pausedAt: Date | null }[]> {
  const { rows } = await pool.query<{ id: string; pausedAt: Date | null }>(
    `SELECT run.function_id AS id, fn.paused_at AS "pausedAt"
     FROM (SELECT DISTINCT function_id FROM executor.run WHERE workspace_id = $1) AS run
     LEFT JOIN executor.function AS fn ON fn.id = run.function_id ORDER BY 1`,
    [workspaceId],
  );
  return rows;
}
