import { existsSync } from "node:fs";
import { Failure } from "./failure.mjs";
import { inRepo } from "./repo.mjs";
import { say } from "./say.mjs";

const systems = "/usr/bin/chromium";
const cli = inRepo("node_modules/@playwright/test/cli.js");
const DOWNLOAD_MS = 180_000;

/** A Chromium for the journeys: found on this machine, or installed by whichever way works. */
export async function chromium(session) {
  const found = await find();
  if (found) return found;
  say("… no Chromium here; installing one");
  const { CHROMIUM_PATH: _wrong, ...env } = process.env;
  await attempt(session, process.execPath, [cli, "install", "chromium"], {
    ...env,
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "15000",
  });
  if ((await find()) === undefined && process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    const quiet = { ...env, DEBIAN_FRONTEND: "noninteractive" };
    const isThere = await attempt(session, "apt-get", ["install", "-y", "chromium"], quiet);
    if (!isThere && (await attempt(session, "apt-get", ["update"], quiet)))
      await attempt(session, "apt-get", ["install", "-y", "chromium"], quiet);
  }
  const installed = await find();
  if (installed) return installed;
  throw new Failure(
    "The journeys need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to one.",
  );
}

async function find() {
  const { chromium: playwright } = await import("@playwright/test");
  return [process.env.CHROMIUM_PATH, playwright.executablePath(), systems].find((file) => file && existsSync(file));
}

async function attempt(session, command, args, env) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), DOWNLOAD_MS);
  try {
    await session.run(command, args, { env, signal: controller.signal });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
