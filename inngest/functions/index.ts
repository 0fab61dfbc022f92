import type { InngestFunction } from "inngest";
import { abandonBulk } from "./abandon-bulk";
import { abandonCreation } from "./abandon-creation";
import { applyKnownIssues } from "./apply-known-issues";
import { applyRuleToPast } from "./apply-rule-to-past";
import { bulkCreate } from "./bulk-create";
import { createBoardField } from "./create-board-field";
import { createIssue } from "./create-issue";
import { pruneCalls } from "./prune-calls";
import { refreshMetadataJob } from "./refresh-metadata";
import { sweepAttachments } from "./sweep-attachments";
import { sweepBulks } from "./sweep-bulks";
import { sweepCreations } from "./sweep-creations";
import { upgradeFingerprints } from "./upgrade-fingerprints";

/** Every function of the application; who runs them reads this list alone. */
export const functions: readonly InngestFunction.Any[] = [
  createIssue,
  abandonCreation,
  sweepCreations,
  bulkCreate,
  abandonBulk,
  sweepBulks,
  applyKnownIssues,
  applyRuleToPast,
  refreshMetadataJob,
  createBoardField,
  pruneCalls,
  sweepAttachments,
  upgradeFingerprints,
];
