import type { Env } from "@/lib/env";

type Settings = Pick<Env, "INNGEST_BASE_URL" | "INNGEST_DEV" | "INNGEST_EVENT_KEY" | "FAULTLINE_INNGEST">;

/**
 * Who runs the jobs. The embedded executor needs no event key, so whoever sets one has an Inngest server or Inngest
 * Cloud; a signing key alone says nothing.
 */
export function engineOf(settings: Settings): "embedded" | "external" {
  const { FAULTLINE_INNGEST, INNGEST_BASE_URL, INNGEST_DEV, INNGEST_EVENT_KEY } = settings;
  if (FAULTLINE_INNGEST) return FAULTLINE_INNGEST;
  const hasDevServer = Boolean(INNGEST_DEV) && INNGEST_DEV !== "0" && INNGEST_DEV !== "false";
  return INNGEST_BASE_URL || INNGEST_EVENT_KEY || hasDevServer ? "external" : "embedded";
}
