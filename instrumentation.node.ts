import { type Env, EnvError, env } from "@/lib/env";

// Everything else is imported late: it reads the environment, which has to be checked first.

/** sysexits.h EX_CONFIG: a supervisor must not try again. */
const EXIT_MISCONFIGURED = 78;
const GRACE_MS = 7500;

/** Checks the environment, starts the jobs, and ends the process in good order. */
export async function start(): Promise<void> {
  if (process.env.NEXT_PHASE === "phase-production-build") return;
  const settings = checkedEnv();
  const { followRequests } = await import("@/lib/requests");
  ownSignals(followRequests);

  const { engineOf, missingOf } = await import("@/inngest/engine");
  const missing = missingOf(settings);
  if (missing) {
    console.error(`Faultline cannot start:\n  ${missing}`);
    process.exit(EXIT_MISCONFIGURED);
  }
  if (engineOf(settings) === "external") return relay(settings);
  // The SDK reads these by itself. As a development server's client it would check no signature.
  process.env.INNGEST_DEV = "0";
  process.env.INNGEST_EVENT_KEY ||= "embedded";
  await embed();
}

function checkedEnv(): Env {
  try {
    return env();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    console.error(error.message);
    process.exit(EXIT_MISCONFIGURED);
  }
}

async function embed(): Promise<void> {
  const { isKind } = await import("@/lib/errors");
  const { startExecutor, stopExecutor } = await import("@/inngest/embedded/start");
  const { onShutdown } = await import("@/lib/shutdown");
  try {
    await startExecutor();
  } catch (error) {
    if (!isKind(error, "misconfigured")) throw error;
    console.error(`Faultline cannot start: ${error.message}`);
    process.exit(EXIT_MISCONFIGURED);
  }
  onShutdown(() => stopExecutor(GRACE_MS));
}

async function relay({ INNGEST_BASE_URL, INNGEST_DEV, INNGEST_SERVE_ORIGIN, FAULTLINE_URL }: Env): Promise<void> {
  const { log } = await import("@/lib/log");
  const { startRelay } = await import("@/inngest/relay");
  const { startRegistering } = await import("@/inngest/register");
  const { functions } = await import("@/inngest/functions/index");
  const { onShutdown } = await import("@/lib/shutdown");
  const server = INNGEST_BASE_URL ?? (INNGEST_DEV?.startsWith("http") ? INNGEST_DEV : "Inngest");
  log.info({ server }, "an Inngest server runs the jobs; the embedded executor does not start");
  onShutdown(await startRelay());
  onShutdown(startRegistering({ functions, origin: INNGEST_SERVE_ORIGIN ?? FAULTLINE_URL }));
}

const kept = globalThis as typeof globalThis & { faultlineSignals?: true };

/** Next leaves the signals to us (NEXT_MANUAL_SIG_HANDLE): it would exit before jobs and streams are done. */
function ownSignals(followRequests: () => () => Promise<void>): void {
  if (kept.faultlineSignals) return;
  kept.faultlineSignals = true;
  const endRequests = followRequests();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void shutDown(endRequests));
}

async function shutDown(endRequests: () => Promise<void>): Promise<void> {
  // Whatever hangs, the process ends within the ten seconds that a supervisor gives.
  setTimeout(() => process.exit(1), GRACE_MS + 2000).unref();
  const { runShutdown, within } = await import("@/lib/shutdown");
  const { pool } = await import("@/lib/db/client");
  // The hooks end streams, which are requests too; a step of a job that an Inngest server runs is nothing else.
  await Promise.all([within(GRACE_MS, endRequests()), within(GRACE_MS + 750, runShutdown())]);
  await within(500, pool.end());
  process.exit(0);
}
