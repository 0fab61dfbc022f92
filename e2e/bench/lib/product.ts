import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { env } from "@/lib/env";

export type Product = { url: string; readyMs: number; residentMb(): number; stop(): Promise<void> };

const root = path.resolve(import.meta.dirname, "../../..");

/** The built product as `npm start` runs it, on this benchmark's database. Ready when the sign-in page answers. */
export async function startProduct(settings: Record<string, string>): Promise<Product> {
  const PORT = settings.PORT ?? env().PORT;
  const url = `http://localhost:${PORT}`;
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [path.join(root, "node_modules/next/dist/bin/next"), "start", "-p", `${PORT}`],
    {
      cwd: root,
      env: { ...process.env, ...settings },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  while (!(await answers(`${url}/sign-in`))) {
    if (child.exitCode !== null) throw new Error(`the product ended with ${child.exitCode}`);
    await sleep(10);
  }
  return {
    url,
    readyMs: performance.now() - start,
    residentMb: () => residentOf(child.pid ?? 0),
    stop: () => stop(child),
  };
}

/** A port that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

const answers = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

/** VmRSS of the process and all that it has started, in MB. */
function residentOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(/\s+/).filter(Boolean);
  const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  return children.reduce((sum, child) => sum + residentOf(Number(child)), own);
}
