import { existsSync } from "node:fs";
import { inRepo } from "./repo.mjs";
import { secretsOf } from "./secrets.mjs";

/** Reads `.env` as Next does, so that the launcher decides by the same settings; what is set outside wins. */
export function readDotEnv() {
  const file = inRepo(".env");
  if (existsSync(file)) process.loadEnvFile(file);
}

/**
 * The environment of the product: what the operator set, and for the rest the defaults of a data folder.
 * @param {{ dataDir: string, databaseUrl: string, port: number, given?: NodeJS.ProcessEnv, keepsOwnKeys: boolean }} options
 *   `keepsOwnKeys`: the operator's own database; its key ring must be the operator's too and is not made up here.
 */
export function productEnv({ dataDir, databaseUrl, port, given = process.env, keepsOwnKeys }) {
  const { FAULTLINE_KEYS, NEXTAUTH_SECRET, ...inngest } = secretsOf(dataDir);
  const usesInngest = ["INNGEST_BASE_URL", "INNGEST_DEV", "INNGEST_EVENT_KEY"].some((name) => given[name]);
  const url = given.FAULTLINE_URL || `http://localhost:${port}`;
  return {
    NEXTAUTH_SECRET,
    ...(keepsOwnKeys ? {} : { FAULTLINE_KEYS }),
    // An event key looks like a real Inngest; the word tells them apart.
    ...(usesInngest ? {} : { ...inngest, FAULTLINE_INNGEST: "embedded" }),
    ...withoutEmpty(given),
    ...frugal(given),
    DATABASE_URL: databaseUrl,
    FAULTLINE_DATA_DIR: dataDir,
    FAULTLINE_URL: url,
    NEXTAUTH_URL: url,
    PORT: String(port),
    NEXT_TELEMETRY_DISABLED: "1",
    // Next would leave before the jobs are drained; the product has handlers of its own.
    NEXT_MANUAL_SIG_HANDLE: "true",
  };
}

/**
 * Settings by which a process holds less memory under load, 479 to 273 MB. V8 lets a heap grow up to fourfold before it
 * collects where it may have gigabytes, and by about half where it may not
 * (https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib); threads share two pools of the C library
 * (https://sourceware.org/glibc/manual/latest/html_node/Memory-Allocation-Tunables.html) instead of one each.
 */
function frugal({ NODE_OPTIONS = "", MALLOC_ARENA_MAX }) {
  return {
    NODE_OPTIONS: /old-space/.test(NODE_OPTIONS) ? NODE_OPTIONS : `${NODE_OPTIONS} --max-old-space-size=640`.trim(),
    MALLOC_ARENA_MAX: MALLOC_ARENA_MAX || "2",
  };
}

const withoutEmpty = (env) => Object.fromEntries(Object.entries(env).filter(([, value]) => value));
