import { type Env, variables } from "@/lib/env";

type Settings = Pick<Env, "INNGEST_BASE_URL" | "INNGEST_DEV" | "INNGEST_EVENT_KEY" | "FAULTLINE_INNGEST">;

/**
 * Who runs the jobs. The embedded executor needs no event key, so whoever sets one has an Inngest server or Inngest
 * Cloud; a signing key alone says nothing.
 */
export function engineOf(settings: Partial<Settings>): "embedded" | "external" {
  const { FAULTLINE_INNGEST, INNGEST_BASE_URL, INNGEST_DEV, INNGEST_EVENT_KEY } = settings;
  if (FAULTLINE_INNGEST) return FAULTLINE_INNGEST;
  return INNGEST_BASE_URL || INNGEST_EVENT_KEY || isDevServer(INNGEST_DEV) ? "external" : "embedded";
}

const isDevServer = (setting: string | undefined) => Boolean(setting) && setting !== "0" && setting !== "false";

/** What stops a start: a real Inngest signs its calls, and without the key every one of them would be refused. */
export function missingOf(settings: Partial<Settings & Pick<Env, "INNGEST_SIGNING_KEY">>): string {
  const { INNGEST_SIGNING_KEY, INNGEST_DEV } = settings;
  if (INNGEST_SIGNING_KEY || isDevServer(INNGEST_DEV) || engineOf(settings) === "embedded") return "";
  const { purpose, example } = variables.INNGEST_SIGNING_KEY;
  return `INNGEST_SIGNING_KEY is missing.\n    ${purpose}\n    Example: INNGEST_SIGNING_KEY=${example}`;
}
