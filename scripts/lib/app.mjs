import { closeSync, openSync, readFileSync } from "node:fs";
import { markServing, nextBin } from "./build.mjs";
import { superviseApp, whenReady } from "./supervise.mjs";

const READY_MS = 90_000;

/**
 * Runs the product until the session ends and answers when the sign-in page does.
 * @param {import("./session.mjs").Session} session
 * @param {{ env: Record<string, string>, isDev?: boolean, host?: string, logFile?: string }} options
 *   Without `logFile` the server logs to the terminal.
 */
export async function runApp(session, { env, isDev = false, host, logFile }) {
  const log = logFile ? openSync(logFile, "a", 0o600) : "inherit";
  const args = [nextBin, isDev ? "dev" : "start", "-p", env.PORT, ...(host ? ["-H", host] : [])];
  if (!isDev) session.onClose(markServing());
  const child = session.spawn(process.execPath, args, {
    env: { ...env, NODE_ENV: isDev ? "development" : "production" },
    stdio: ["ignore", log, log],
  });
  if (typeof log === "number") closeSync(log);
  superviseApp(session, child, () => (logFile ? readFileSync(logFile, "utf8").slice(-4000) : ""));
  await whenReady(session, `http://localhost:${env.PORT}/sign-in`, READY_MS);
}
