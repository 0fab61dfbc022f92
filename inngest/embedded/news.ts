import { pool } from "@/lib/db/client";
import { channel } from "@/lib/events/announce";
import { log } from "@/lib/log";

// A notification for each step would cost the executor more than the steps themselves.
const GATHER_MS = 20;
const PAUSE_MS = 1000;
// A page reads its list again whatever the id is, so a burst needs no more of them.
const MOST = 1000;

/**
 * Tells open pages which workspaces' runs have changed: soon after the first change, then once a second at most. After
 * the fact and outside its transaction, since a page that misses it lacks nothing but a moment.
 */
export class News {
  readonly #runIds = new Set<string>();
  #hasQueued = false;
  #lastMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  /** A run has changed. */
  add(runId: string): void {
    if (this.#runIds.size < MOST) this.#runIds.add(runId);
    this.#schedule();
  }

  /** Runs may have been made just now; those that cannot begin yet are seen waiting. */
  addQueued(): void {
    this.#hasQueued = true;
    this.#schedule();
  }

  #schedule(): void {
    const waitMs = Math.max(GATHER_MS, this.#lastMs + PAUSE_MS - performance.now());
    this.#timer ??= setTimeout(() => void this.flush(), waitMs);
  }

  /** Tells at once what is left to tell. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#runIds.size === 0 && !this.#hasQueued) return;
    const [runIds, hasQueued] = [[...this.#runIds], this.#hasQueued];
    this.#runIds.clear();
    this.#hasQueued = false;
    this.#lastMs = performance.now();
    try {
      await pool.query({
        name: "executor-news",
        text: `SELECT pg_notify($2, json_build_object('topic', 'job', 'workspaceId', workspace_id, 'projectId', NULL,
            'id', id)::text)
          FROM (SELECT DISTINCT ON (workspace_id) workspace_id, id FROM executor.run
            WHERE workspace_id IS NOT NULL AND (id = ANY ($1::uuid[])
              OR ($3 AND state = 'queued' AND created_at > now() - $4 * interval '1 ms'))) AS changed`,
        values: [runIds, channel, hasQueued, 5 * PAUSE_MS],
      });
    } catch (error) {
      log.debug({ err: error }, "open pages were not told of changed jobs");
    }
  }
}
