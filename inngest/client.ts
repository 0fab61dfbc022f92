import { Inngest } from "inngest";

/** The id stands before each function's id on the wire and must never change. */
export const appId = "faultline";

export const inngest = new Inngest({
  id: appId,
  // The classic protocol, one step a call, is what the embedded executor and a real server both speak.
  checkpointing: false,
});
