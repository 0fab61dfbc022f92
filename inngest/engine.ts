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

/**
 * What stops a start: a real Inngest signs its calls, and without the key every one of them would be refused. As a
 * development server's client the SDK checks no signature at all, so anybody could run the jobs of a server in production.
 */
export function missingOf(settings: Partial<Settings & Pick<Env, "INNGEST_SIGNING_KEY" | "NODE_ENV">>): string {
  const { INNGEST_SIGNING_KEY, INNGEST_DEV, NODE_ENV } = settings;
  if (isDevServer(INNGEST_DEV) && NODE_ENV === "production" && engineOf(settings) === "external")
    return "INNGEST_DEV is set in production, where calls must be signed.\n    Unset it, and set INNGEST_BASE_URL with the keys of your Inngest server.";
  if (INNGEST_SIGNING_KEY || isDevServer(INNGEST_DEV) || engineOf(settings) === "embedded") return "";
  const { purpose, example } = variables.INNGEST_SIGNING_KEY;
  return `INNGEST_SIGNING_KEY is missing.\n    ${purpose}\n    Example: INNGEST_SIGNING_KEY=${example}`;
}
