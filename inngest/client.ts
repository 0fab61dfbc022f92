import { Inngest } from "inngest";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { engineOf } from "./engine";
import { StepErrors } from "./middleware";

/** The id stands before each function's id on the wire and must never change. */
export const appId = "faultline";

// Embedded, an event is a row of the outbox and there is nobody to call. Imported late: `lib` imports this file.
const fetchOrStore: typeof fetch = async (input, init) => {
  if (engineOf(env()) === "external") return globalThis.fetch(input, init);
  const { storeEvents } = await import("./embedded/event-api");
  return storeEvents(new Request(input, init));
};

export const inngest = new Inngest({
  id: appId,
  // The classic protocol, one step a call, is what the embedded executor and a real server both speak.
  checkpointing: false,
  // No hooks of OpenTelemetry.
  aiMetadata: false,
  fetch: fetchOrStore,
  middleware: [StepErrors],
  logger: log,
});
