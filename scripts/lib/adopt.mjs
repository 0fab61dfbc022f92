import { readFileSync } from "node:fs";
import path from "node:path";
import { isAlive, pause } from "./processes.mjs";

const PATIENCE_MS = 10_000;

/** The running server of a cluster, or undefined. It is ours when it opens with our password and names our folder. */
export async function adopt(dir, urlOf) {
  const found = readPidFile(dir);
  if (!found || !isAlive(found.pid) || !found.port) return undefined;
  const { default: pg } = await import("pg");
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const client = new pg.Client({ connectionString: `${urlOf(found.port)}postgres`, connectionTimeoutMillis: 2000 });
    client.on("error", () => {});
    try {
      await client.connect();
      const { rows } = await client.query("SHOW data_directory");
      return rows[0].data_directory === dir ? found : undefined;
    } catch (error) {
      // Starting up or shutting down: the next look will tell.
      if (error.code !== "57P03" || !isAlive(found.pid)) return undefined;
      await pause(100);
    } finally {
      await client.end().catch(() => {});
    }
  }
  return undefined;
}

function readPidFile(dir) {
  try {
    const lines = readFileSync(path.join(dir, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]) };
  } catch {
    return undefined;
  }
}
