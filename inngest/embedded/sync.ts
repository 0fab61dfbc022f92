import { z } from "zod";
import { pool } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { type RunnableFunction, runnable } from "./config";
import { call, type Line } from "./endpoint";
import { toJsonb } from "./jsonb";

const syncSchema = z.object({ functions: z.array(z.looseObject({ id: z.string() })) });

/** Asks the endpoint which functions it has and keeps their description. Throws misconfigured. */
export async function sync(line: Line): Promise<RunnableFunction[]> {
  const answer = await call(line, {
    method: "PUT",
    headers: { "x-inngest-server-kind": "cloud", "x-inngest-sync-kind": "in_band" },
    body: { url: "http://127.0.0.1/api/inngest" },
  });
  if (answer.status === 401) {
    throw new AppError(
      "misconfigured",
      "The functions refused the executor's signature: both must have the same INNGEST_SIGNING_KEY.",
    );
  }
  if (answer.status !== 200 || !answer.isAuthentic) {
    throw new AppError("misconfigured", `The functions cannot be read: the sync answered ${answer.status}.`, {
      cause: new Error(answer.text.slice(0, 500)),
    });
  }

  const described = syncSchema.parse(JSON.parse(answer.text)).functions;
  const functions = described.map(runnable);
  await pool.query(
    `INSERT INTO executor.function (id, config, synced_at)
     SELECT id, config, now() FROM jsonb_to_recordset($1) AS f (id text, config jsonb) ORDER BY id
     ON CONFLICT (id) DO UPDATE SET config = excluded.config, synced_at = excluded.synced_at`,
    [toJsonb(described.map((config) => ({ id: config.id, config })))],
  );
  return functions;
}
