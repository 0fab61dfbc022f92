import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { MigrationList } from "@prisma/schema-engine-wasm/schema_engine_bg";

const schemaDir = path.resolve(import.meta.dirname, "../schema");

/** Folder of the migrations. */
export const migrationsDir = path.resolve(import.meta.dirname, "../migrations");

/** What Prisma's engine wants to read in migration_lock.toml. */
export const lockfile = { path: "migration_lock.toml", content: 'provider = "postgresql"\n' };

/** The .prisma files with their contents. */
export async function readSchema(): Promise<{ path: string; content: string }[]> {
  const names = (await readdir(schemaDir)).filter((name) => name.endsWith(".prisma")).sort();
  return Promise.all(
    names.map(async (name) => ({
      path: `prisma/schema/${name}`,
      content: await readFile(path.join(schemaDir, name), "utf8"),
    })),
  );
}

/** The migrations in their order, in the engine's terms. */
export async function readMigrations(): Promise<MigrationList> {
  const entries = await readdir(migrationsDir, { withFileTypes: true }).catch(() => []);
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  const directories = names.map(async (name) => ({
    path: name,
    migrationFile: {
      path: "migration.sql",
      content: { tag: "ok" as const, value: await readFile(path.join(migrationsDir, name, "migration.sql"), "utf8") },
    },
  }));
  return {
    baseDir: migrationsDir,
    lockfile,
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(directories),
  };
}
