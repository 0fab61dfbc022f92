import { isTrue } from "./cel";
import { cancellation, type End, endRuns } from "./finalize";
import { fits, patternsOf } from "./patterns";
import { lockRuns, type Outcome, settleOpen } from "./settle-open";
import type { Sql } from "./sql";

/** An event as it comes out of the outbox. */
export type TakenEvent = { id: string; name: string; data: unknown; key: string | null; ts: Date };

type Pause = {
  runId: string;
  stepId: string;
  kind: "wait" | "cancel";
  event: string;
  expression: string | null;
  eventIds: string[];
  trigger: unknown;
};

const patternsIn = (events: readonly TakenEvent[]) => [...new Set(events.flatMap(({ name }) => patternsOf(name)))];

/** The runs that these events may be for: who locks others before has to lock them with those, once and in order. */
export async function runsThatAwait(client: Sql, events: readonly TakenEvent[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    "SELECT DISTINCT run_id AS id FROM executor.pause WHERE event = ANY ($1::text[])",
    [patternsIn(events)],
  );
  return rows.map(({ id }) => id);
}

/**
 * Gives events to the runs that wait for them and cancels those that end with them, in the transaction that takes the
 * events in. To be called after the runs that the same events start are stored; `events` are in the order of their
 * sending, because a run is told only of those that came after its own.
 */
export async function resolvePauses(client: Sql, events: readonly TakenEvent[]): Promise<void> {
  const { rows: pauses } = await client.query<Pause>(
    `SELECT pause.run_id AS "runId", pause.step_id AS "stepId", pause.kind, pause.event, pause.expression,
       run.event_ids AS "eventIds",
       json_build_object('id', coalesce(event.key, event.id::text), 'name', event.name, 'data', event.data,
         'ts', (extract(epoch FROM event.ts) * 1000)::int8) AS trigger
     FROM executor.pause JOIN executor.run ON run.id = pause.run_id AND run.state IN ('queued', 'running')
     LEFT JOIN executor.event ON event.id = run.event_ids[1]
     WHERE pause.event = ANY ($1::text[]) AND (pause.expires_at IS NULL OR pause.expires_at > now())`,
    [patternsIn(events)],
  );
  if (pauses.length === 0) return;

  const places = new Map(events.map(({ id }, place) => [id, place]));
  const ends = new Map<string, End>();
  const outcomes: Outcome[] = [];
  for (const pause of pauses) {
    const ownPlace = Math.max(-1, ...pause.eventIds.map((id) => places.get(id) ?? -1));
    const found = events.find(
      (event, place) =>
        place > ownPlace &&
        fits(pause.event, event.name) &&
        (pause.expression === null || isTrue(pause.expression, { event: pause.trigger, async: toWire(event) })),
    );
    if (!found) continue;
    if (pause.kind === "cancel") ends.set(pause.runId, cancellation(`It was cancelled by the event ${found.name}.`));
    else outcomes.push({ runId: pause.runId, stepId: pause.stepId, output: toWire(found), error: null });
  }
  // All at once, so that they are locked in order.
  await lockRuns(client, [...ends.keys(), ...outcomes.map(({ runId }) => runId)]);
  await endRuns(client, ends);
  await settleOpen(client, outcomes);
}

const toWire = ({ id, key, name, data, ts }: TakenEvent) => ({
  id: key ?? id,
  name,
  data,
  ts: ts.getTime(),
  user: {},
});
