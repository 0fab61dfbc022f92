import { engineOf } from "@/inngest/engine";
import { isId } from "@/lib/db/ids";
import { type Env, env } from "@/lib/env";
import { AppError } from "@/lib/errors";

const CLOUD = "https://app.inngest.com";

type Settings = Partial<Pick<Env, "INNGEST_BASE_URL" | "INNGEST_DEV" | "INNGEST_EVENT_KEY" | "FAULTLINE_INNGEST">>;

/** Where a real Inngest shows the jobs; null when they are run here. */
export function dashboardUrl(settings: Settings = env()): string | null {
  if (engineOf(settings) === "embedded") return null;
  const { INNGEST_BASE_URL, INNGEST_DEV } = settings;
  if (INNGEST_BASE_URL) return INNGEST_BASE_URL;
  // The SDK's own reading: an address, or any other word for the usual place of the development server.
  if (INNGEST_DEV && /^https?:/.test(INNGEST_DEV)) return INNGEST_DEV;
  if (INNGEST_DEV && INNGEST_DEV !== "0" && INNGEST_DEV !== "false") return "http://localhost:8288";
  return CLOUD;
}

/** Where a real Inngest shows one of its runs; null for a job that was run here. */
export function runUrl(jobId: string, settings: Settings = env()): string | null {
  const url = dashboardUrl(settings);
  // A server's own ids are ULIDs. An installation that had its jobs run here before shows those here still.
  if (!url || isId(jobId)) return null;
  const id = encodeURIComponent(jobId);
  // Keys belong to one environment, and nothing tells its name: an installation in use has those of production.
  return url === CLOUD ? `${CLOUD}/env/production/runs/${id}` : new URL(`/run?runID=${id}`, url).href;
}

/** The API has nothing to tell of jobs that are run elsewhere. Throws conflict, which says where to look. */
export function refuseElsewhere(jobId?: string): void {
  const url = jobId === undefined ? dashboardUrl() : runUrl(jobId);
  if (url) throw new AppError("conflict", `The jobs run on an Inngest server. See ${url}`);
}
