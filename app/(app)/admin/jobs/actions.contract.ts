import { z } from "zod";
import type { ActionContract } from "@/lib/contract";
import { idSchema } from "@/lib/db/ids";

const input = z.object({ jobId: idSchema });

export const contract = {
  retry: {
    access: "admin",
    summary: "Starts a failed or cancelled job once more, from its beginning.",
    input,
    audit: "job.retried",
  },
  cancel: {
    access: "admin",
    summary: "Ends a job that has not ended.",
    input,
    audit: "job.cancelled",
  },
  runNow: {
    access: "admin",
    summary: "Makes the next attempt of a job now.",
    input,
    audit: "job.hurried",
  },
} satisfies Record<string, ActionContract>;
