import { existsSync, readdirSync } from "node:fs";
import { Failure } from "./failure.mjs";
import { inRepo } from "./repo.mjs";

const OLDEST = 150_000;

/** Runs `use` with one connection. */
export async function withClient(url, use) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Makes a database where it is missing; answers its address. */
export async function ensureDatabase(serverUrl, name) {
  await withClient(`${serverUrl}postgres`, (client) =>
    client.query(`CREATE DATABASE "${name}"`).catch((error) => {
      // 42P04 it exists, 23505 somebody else is making it this moment.
      if (error.code !== "42P04" && error.code !== "23505") throw error;
    }),
  );
  return `${serverUrl}${name}`;
}

/** Makes a database anew, without anything that it held. */
export async function recreateDatabase(serverUrl, name) {
  await withClient(`${serverUrl}postgres`, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
  return ensureDatabase(serverUrl, name);
}

/** Refuses an operator's PostgreSQL that is out of reach or too old, with a sentence. */
export async function requireServer(url) {
  const version = await withClient(url, async (client) => {
    const { rows } = await client.query(
      "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS text",
    );
    return rows[0];
  }).catch((error) => {
    throw new Failure(`The PostgreSQL of DATABASE_URL does not answer: ${error.message || error.code}`);
  });
  if (version.number < OLDEST)
    throw new Failure(`DATABASE_URL is PostgreSQL ${version.text}; Faultline needs 15 or newer.`);
  return version.text;
}

/** Whether every migration of the checkout is applied: a start without news need not load the engine. */
export async function isMigrated(url) {
  const dir = inRepo("prisma/migrations");
  if (!existsSync(dir)) return false;
  const names = readdirSync(dir, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  const applied = await withClient(url, (client) =>
    client.query(
      "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
    ),
  ).catch((error) => {
    if (error.code === "42P01") return { rows: [] };
    throw error;
  });
  const found = new Set(applied.rows.map((row) => row.migration_name));
  return names.every((name) => found.has(name));
}
