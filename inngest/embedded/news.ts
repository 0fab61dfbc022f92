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
  #lastMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  /** A run has changed. */
  add(runId: string): void {
    if (this.#runIds.size < MOST) this.#runIds.add(runId);
    const waitMs = Math.max(GATHER_MS, this.#lastMs + PAUSE_MS - performance.now());
    this.#timer ??= setTimeout(() => void this.flush(), waitMs);
  }

  /** Tells at once what is left to tell. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#runIds.size === 0) return;
    const runIds = [...this.#runIds];
    this.#runIds.clear();
    this.#lastMs = performance.now();
    try {
      await pool.query({
        name: "executor-news",
        text: `SELECT pg_notify($2, json_build_object('topic', 'job', 'workspaceId', workspace_id, 'projectId', NULL,
            'id', id)::text)
          FROM (SELECT DISTINCT ON (workspace_id) workspace_id, id FROM executor.run
            WHERE id = ANY ($1::uuid[]) AND workspace_id IS NOT NULL) AS changed`,
        values: [runIds, channel],
      });
    } catch (error) {
      log.debug({ err: error }, "open pages were not told of changed jobs");
    }
  }
}
