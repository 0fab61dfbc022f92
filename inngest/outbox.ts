import { uuidv7 } from "uuidv7";
import type { AppEvent } from "./events";

/** What `send` needs of a transaction. */
type Sender = {
  outbox: {
    createMany(args: {
      data: { id: string; name: string; data: object; eventId: string | null }[];
    }): PromiseLike<unknown>;
  };
};

/** Sends events when, and only when, the transaction commits. A trigger wakes the executor. */
export async function send(tx: Sender, ...events: AppEvent[]): Promise<void> {
  await tx.outbox.createMany({
    data: events.map(({ name, data, id }) => ({ id: uuidv7(), name, data, eventId: id ?? null })),
  });
}
