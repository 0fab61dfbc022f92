import type { InngestFunction } from "inngest";
import { abandonCreation } from "./abandon-creation";
import { createIssue } from "./create-issue";
import { pruneCalls } from "./prune-calls";
import { sweepAttachments } from "./sweep-attachments";
import { sweepCreations } from "./sweep-creations";

/** Every function of the application; who runs them reads this list alone. */
export const functions: readonly InngestFunction.Any[] = [
  createIssue,
  abandonCreation,
  sweepCreations,
  pruneCalls,
  sweepAttachments,
];
