import { z } from "zod";
import { currentSending } from "@/inngest/middleware";
import { pool } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { AppError } from "@/lib/errors";
import { toJsonb } from "./jsonb";

const eventSchema = z.object({
  name: z.string().min(1).max(512),
  data: z.record(z.string(), z.unknown()).default({}),
  id: z.string().min(1).nullish(),
  ts: z.number().int().nonnegative().nullish(),
});
const bodySchema = z.union([z.array(eventSchema), eventSchema.transform((event) => [event])]);

/**
 * What the SDK's client talks to when the executor is embedded: its event endpoint, which writes to the outbox. An
 * event that has no id gets one from the step that sends it, or else from the client's own seed: sent again after an
 * answer was lost, it starts no second run.
 */
export async function storeEvents(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (request.method !== "POST" || !pathname.startsWith("/e/")) {
    throw new AppError("not_supported", `The embedded executor has no ${request.method} ${pathname}.`);
  }
  const body = bodySchema.safeParse(await request.json());
  if (!body.success)
    return Response.json({ ids: [], status: 400, error: z.prettifyError(body.error) }, { status: 400 });

  const sending = currentSending();
  const seed = sending ? `${sending.runId}/${sending.stepId}` : request.headers.get("x-inngest-event-id-seed");
  const rows = body.data.map(({ id, ts, name, data }, index) => ({
    id: newId(),
    name,
    data,
    eventId: id ?? (seed ? `${seed}/${index}` : null),
    ts: new Date(ts ?? Date.now()),
  }));
  await pool.query(
    `INSERT INTO "Outbox" (id, name, data, "eventId", ts)
     SELECT id, name, data, "eventId", ts
     FROM jsonb_to_recordset($1) AS e (id uuid, name text, data jsonb, "eventId" text, ts timestamptz)`,
    [toJsonb(rows)],
  );
  return Response.json({ ids: rows.map(({ id }) => id), status: 200 });
}
