import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { withEngine } from "./migrate/engine";
import { lockfile, migrationsDir, readMigrations, readSchema } from "./migrate/files";

const filters = { externalTables: [], externalEnums: [] };

// Not Prisma's own key: the engine takes that one itself, on another connection, and gives up after ten seconds.
const ADVISORY_LOCK = 815_001;

/** Applies the migrations that the database lacks and returns their names. Safe when two processes do it at once. */
export async function deploy(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [ADVISORY_LOCK]);
    const migrationsList = await readMigrations();
    return await withEngine(url, async (engine) => {
      const applied = await engine.applyMigrations({ migrationsList, filters });
      return applied.appliedMigrationNames;
    });
  } finally {
    await client.end();
  }
}

/** How the database stands to the migrations; `pending` are those that deploy would apply. */
export async function status(
  url: string,
): Promise<{ pending: string[]; unknown: string[]; failed: string[]; edited: string[] }> {
  const migrationsList = await readMigrations();
  const found = await withEngine(url, (engine) =>
    engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters }),
  );
  const { history } = found;
  return {
    pending: history && "unappliedMigrationNames" in history ? history.unappliedMigrationNames : [],
    unknown: history && "unpersistedMigrationNames" in history ? history.unpersistedMigrationNames : [],
    failed: found.failedMigrationNames,
    edited: found.editedMigrationNames,
  };
}

/** The SQL that leads from the migrations to the schema; empty when they say the same. */
export async function difference(url: string, from: "migrations" | "empty" = "migrations"): Promise<string> {
  const migrations = await readMigrations();
  const files = await readSchema();
  const isFirst = from === "empty" || migrations.migrationDirectories.length === 0;
  const { stdout } = await withEngine(url, (engine) =>
    engine.diff({
      from: isFirst ? { tag: "empty" } : { tag: "migrations", ...migrations },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters,
    }),
  );
  const sql = stdout?.trim() ?? "";
  return sql.startsWith("-- This is an empty migration") ? "" : sql;
}

/**
 * Writes the difference between the migrations and the schema as a new migration and returns its folder's name, or null
 * when there is none. `replace` writes the whole schema into the migration of that name instead: only for the first
 * one, and only as long as no database that matters has it.
 */
export async function create(url: string, name: string, { replace = false } = {}): Promise<string | null> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error("Name a migration in lower case: letters, digits and _.");
  const { migrationDirectories } = await readMigrations();
  const existing = migrationDirectories.find((directory) => directory.path.endsWith(`_${name}`))?.path;
  if (replace && !existing) throw new Error(`There is no migration "${name}" to replace.`);

  const sql = await difference(url, replace ? "empty" : "migrations");
  if (!sql) return null;
  const timestamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = replace && existing ? existing : `${timestamp}_${name}`;
  await mkdir(path.join(migrationsDir, folder), { recursive: true });
  await writeFile(path.join(migrationsDir, folder, "migration.sql"), `${sql}\n`);
  await writeFile(path.join(migrationsDir, lockfile.path), lockfile.content);
  return folder;
}

async function main([command, ...args]: string[]): Promise<void> {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is missing: the database to migrate.");
  const name = args.find((arg) => !arg.startsWith("-"));

  if (command === "deploy") {
    const applied = await deploy(url);
    console.log(applied.length > 0 ? `applied ${applied.join(", ")}` : "nothing to apply");
  } else if (command === "create" && name) {
    const folder = await create(url, name, { replace: args.includes("--replace") });
    console.log(folder ? `prisma/migrations/${folder}` : "The migrations already say what the schema says.");
  } else if (command === "status") {
    for (const [kind, names] of Object.entries(await status(url)))
      console.log(`${kind}: ${names.join(", ") || "none"}`);
  } else {
    throw new Error("Usage: npm run migrate -- deploy | create <name> [--replace] | status");
  }
}

if (process.argv[1] === import.meta.filename) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
