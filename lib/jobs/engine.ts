import { engineOf } from "@/inngest/engine";
import { type Env, env } from "@/lib/env";

type Settings = Partial<Pick<Env, "INNGEST_BASE_URL" | "INNGEST_DEV" | "INNGEST_EVENT_KEY" | "FAULTLINE_INNGEST">>;

/** Where a real Inngest shows the jobs; null when they are run here. */
export function dashboardUrl(settings: Settings = env()): string | null {
  if (engineOf(settings) === "embedded") return null;
  const { INNGEST_BASE_URL, INNGEST_DEV } = settings;
  if (INNGEST_BASE_URL) return INNGEST_BASE_URL;
  // The SDK's own reading: an address, or any other word for the usual place of the development server.
  if (INNGEST_DEV && /^https?:/.test(INNGEST_DEV)) return INNGEST_DEV;
  if (INNGEST_DEV && INNGEST_DEV !== "0" && INNGEST_DEV !== "false") return "http://localhost:8288";
  return "https://app.inngest.com";
}
