import type { Member } from "@/lib/auth/member";
import type { CreationInput } from "@/lib/issues/request-creation";

/** What the parent tells a loaded product to do. */
export type Task = { work?: true; ask?: { member: Member; input: CreationInput } };

// The product as its server starts it, without Next. Everything is loaded before the parent says what to do, so that a
// test does not wait for it. Node takes ".node" for an add-on, so the whole name has to be given.
const file = new URL("../../../instrumentation.node.ts", import.meta.url).href;
const { start } = (await import(file)) as typeof import("@/instrumentation.node"); // the file of that very name
await import("@/inngest/embedded/start");
const { requestCreation } = await import("@/lib/issues/request-creation");

process.on("message", async (message: Task) => {
  if (message.work) {
    await start();
    process.send?.("working");
  }
  if (message.ask) process.send?.({ answer: await requestCreation(message.ask.member, message.ask.input) });
});
// A test that ends takes its children with it.
process.on("disconnect", () => process.exit(0));
process.send?.("loaded");
