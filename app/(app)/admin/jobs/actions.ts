"use server";

import type { z } from "zod";
import { requireAdmin } from "@/lib/auth/gates";
import { attempt } from "@/lib/boundary";
import { cancelJob, retryJob, runJobNow } from "@/lib/jobs/change-job";
import { contract } from "./actions.contract";

type Input<K extends keyof typeof contract> = z.input<(typeof contract)[K]["input"]>;

export async function retry(input: Input<"retry">) {
  return attempt(contract.retry, input, async ({ jobId }) => retryJob(await requireAdmin(), jobId));
}

export async function cancel(input: Input<"cancel">) {
  return attempt(contract.cancel, input, async ({ jobId }) => cancelJob(await requireAdmin(), jobId));
}

export async function runNow(input: Input<"runNow">) {
  return attempt(contract.runNow, input, async ({ jobId }) => runJobNow(await requireAdmin(), jobId));
}
