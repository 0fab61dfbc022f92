import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { freeLocalPort } from "@/scripts/lib/ports.mjs";
import { until } from "./kill/victim";

const root = path.resolve(import.meta.dirname, "../..");

export type BuiltServer = { url: string; child: ChildProcess; died: Promise<NodeJS.Signals | null> };

/** The built product as `npm start` runs it, on this test's database; ready when this returns. */
export async function startBuiltServer(options: { port?: number; env?: Record<string, string> } = {}) {
  const port = options.port ?? (await freeLocalPort(0));
  const url = `http://localhost:${port}`;
  const child = spawn(
    process.execPath,
    [path.join(root, "node_modules/next/dist/bin/next"), "start", "-p", `${port}`],
    {
      cwd: root,
      env: {
        ...process.env,
        ...{ NODE_ENV: "production", FAULTLINE_URL: url, NEXTAUTH_URL: url, PORT: `${port}` },
        ...{ NEXT_MANUAL_SIG_HANDLE: "true", ...options.env },
      },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  const died = new Promise<NodeJS.Signals | null>((resolve) => child.once("exit", (_, signal) => resolve(signal)));
  const isReady = () =>
    fetch(`${url}/api/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  try {
    await until(isReady, 60_000, () => "the server is not ready");
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  return { url, child, died } satisfies BuiltServer;
}
