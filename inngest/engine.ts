import type { Env } from "@/lib/env";

type Settings = Pick<Env, "INNGEST_BASE_URL" | "INNGEST_DEV" | "FAULTLINE_INNGEST">;

/**
 * Who runs the jobs. The keys alone say nothing, because the embedded executor has some too; so Inngest Cloud, which
 * needs no address, is asked for by FAULTLINE_INNGEST=external.
 */
export function engineOf({ FAULTLINE_INNGEST, INNGEST_BASE_URL, INNGEST_DEV }: Settings): "embedded" | "external" {
  if (FAULTLINE_INNGEST) return FAULTLINE_INNGEST;
  const hasDevServer = Boolean(INNGEST_DEV) && INNGEST_DEV !== "0" && INNGEST_DEV !== "false";
  return INNGEST_BASE_URL || hasDevServer ? "external" : "embedded";
}
