import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deploy } from "@/prisma/migrate";
import { ensureDatabase, isMigrated, requireServer } from "./lib/database.mjs";
import { postgresOwner } from "./lib/owner.mjs";
import { freeLocalPort } from "./lib/ports.mjs";

const bin = "/usr/lib/postgresql/15/bin";

describe.skipIf(!existsSync(bin))("an operator's PostgreSQL 15, as Debian ships it", () => {
  const owner = postgresOwner();
  const base = mkdtempSync(path.join(tmpdir(), "faultline-pg15-"));
  const dir = path.join(base, "cluster");
  let url = "";

  beforeAll(async () => {
    if (owner.uid !== undefined && owner.gid !== undefined) chownSync(base, owner.uid, owner.gid);
    chmodSync(base, 0o700);
    const options = { ...owner, cwd: "/", stdio: "ignore" as const };
    const port = await freeLocalPort(0);
    execFileSync(path.join(bin, "initdb"), ["-D", dir, "-U", "faultline", "-A", "trust", "--no-sync"], options);
    const settings = `-c port=${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
    execFileSync(
      path.join(bin, "pg_ctl"),
      ["start", "-w", "-D", dir, "-l", path.join(base, "log"), "-o", settings],
      options,
    );
    url = await ensureDatabase(`postgresql://faultline@127.0.0.1:${port}/`, "postgres");
  });

  afterAll(() => {
    spawnSync(path.join(bin, "pg_ctl"), ["stop", "-w", "-m", "immediate", "-D", dir], { ...owner, cwd: "/" });
    rmSync(base, { recursive: true, force: true });
  });

  it("[K10] takes every migration, and the launcher knows that it did", async () => {
    expect(await requireServer(url)).toMatch(/^15\./);
    expect(await isMigrated(url)).toBe(false);
    expect((await deploy(url)).length).toBeGreaterThan(0);
    expect(await isMigrated(url)).toBe(true);
  });
});
