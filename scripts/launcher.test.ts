import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { publicCheckout } from "@/e2e/vitest/public-checkout";
import { defaultPackageDir } from "./lib/place.mjs";
import { isAlive } from "./lib/processes.mjs";

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

type Settings = { dataDir: string; packageDir?: string; port?: number };
type Running = {
  child: ChildProcess;
  url: string;
  port: number;
  pid: number;
  dir: string;
  bin: string;
  isAdopted: boolean;
  app: number;
  appPort: number;
};
type Stage = { base: string; settings: Settings; uid: number | undefined; launch: () => Promise<Running> };

/** `before` prepares the folder; `after` looks at, or ends, what was started from it. */
type Situation = {
  name: string;
  before?: (stage: Stage) => Promise<unknown>;
  after?: (running: Running, stage: Stage) => Promise<unknown>;
};

let checkout: ReturnType<typeof publicCheckout>;
let stage: Stage;
let children: ChildProcess[];
let cleanUp: (() => void)[];

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function until(isTrue: () => boolean | Promise<boolean>, timeoutMs = 12_000): Promise<number> {
  const startedAt = performance.now();
  while (!(await isTrue())) {
    if (performance.now() - startedAt > timeoutMs) throw new Error(`not within ${timeoutMs} ms: ${isTrue}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return performance.now() - startedAt;
}

/** Starts the launcher; answers what it printed when everything ran, or fails with what it said instead. */
async function launch(settings: Settings, uid: number | undefined): Promise<Running> {
  const fixture = path.join(checkout.dir, "scripts/launcher-fixture.mjs");
  const child = spawn(process.execPath, [fixture, JSON.stringify(settings)], {
    cwd: "/",
    env: { NODE_ENV: "test", PATH: process.env.PATH },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  children.push(child);
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (errors += chunk));
  await until(() => output.includes('"appPort"') || hasEnded(child), 30_000);
  const line = output.split("\n").find((text) => text.startsWith("{"));
  if (!line) throw new Error(errors);
  return { child, ...JSON.parse(line) };
}

async function query(url: string, sql: string) {
  const client = new pg.Client({ connectionString: `${url}postgres`, connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end().catch(() => {});
  }
}

const answers = (url: string) =>
  query(url, "SELECT 1").then(
    () => true,
    () => false,
  );

const kill = (pid: number) => process.kill(pid, "SIGKILL");

function reaperOf({ child }: Running): number {
  const listed = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  const line = listed
    .split("\n")
    .find((entry) => entry.includes("reaper.mjs") && Number(entry.trim().split(/\s+/)[1]) === child.pid);
  return Number(line?.trim().split(/\s+/)[0]);
}

/** Ends a launcher in a way that nothing can clean up after: as if the power had gone, but for PostgreSQL if asked so. */
async function abandon(running: Running, { keepPostgres = false } = {}): Promise<void> {
  await query(running.url, "CREATE TABLE kept AS SELECT 42 AS n");
  kill(reaperOf(running));
  kill(running.child.pid ?? 0);
  kill(running.app);
  if (!keepPostgres) kill(running.pid);
  await until(async () => hasEnded(running.child) && (keepPostgres || !(await answers(running.url))));
}

const keptItsData = async ({ url }: Running) => expect(await query(url, "SELECT n FROM kept")).toEqual({ n: 42 });

function copyPackage({ base, settings, uid }: Stage, parent: string): string {
  settings.packageDir = path.join(base, parent, "package");
  cpSync(defaultPackageDir, settings.packageDir, { recursive: true, verbatimSymlinks: true });
  if (uid !== undefined) execFileSync("chown", ["-R", `${uid}:${uid}`, path.join(base, parent)]);
  return settings.packageDir;
}

const situations: Situation[] = [
  { name: "starts from nothing" },
  {
    name: "takes another port when its own is in use",
    before: async ({ settings }) => {
      const holder = createServer().listen(0, "127.0.0.1");
      cleanUp.push(() => holder.close());
      await until(() => holder.listening);
      const address = holder.address();
      settings.port = typeof address === "object" && address ? address.port : 0;
    },
    after: async ({ port }, { settings }) => expect(port).not.toBe(settings.port),
  },
  {
    name: "starts with install scripts switched off",
    before: async (arranged) => {
      const packageDir = copyPackage(arranged, "unlinked");
      const links: { target: string }[] = JSON.parse(
        readFileSync(path.join(packageDir, "native/pg-symlinks.json"), "utf8"),
      );
      for (const { target } of links) rmSync(path.join(packageDir, target), { force: true });
    },
  },
  {
    name: "starts in a checkout below a private folder",
    before: async (arranged) => {
      const closed = path.join(arranged.base, "closed");
      mkdirSync(closed, { mode: 0o700 });
      copyPackage(arranged, "closed");
      arranged.settings.dataDir = path.join(closed, "data");
    },
    after: async ({ dir, bin }, { base, uid }) => {
      expect(dir.startsWith(base)).toBe(!isRoot || uid !== undefined);
      if (dir.startsWith("/var/tmp/"))
        for (const used of [path.dirname(dir), path.resolve(bin, "../..")])
          cleanUp.push(() => rmSync(used, { recursive: true }));
    },
  },
  {
    name: "starts after a crash that left a pid file",
    before: async (arranged) => abandon(await arranged.launch()),
    after: keptItsData,
  },
  {
    name: "starts when the pid in that file belongs to another program by now",
    before: async (arranged) => {
      const running = await arranged.launch();
      await abandon(running);
      const file = path.join(running.dir, "postmaster.pid");
      const [, ...rest] = readFileSync(file, "utf8").split("\n");
      const other = spawn(
        process.execPath,
        ["-e", "setTimeout(() => {}, 60000)"],
        arranged.uid === undefined ? {} : { uid: arranged.uid },
      );
      children.push(other);
      writeFileSync(file, [other.pid, ...rest].join("\n"));
    },
    after: keptItsData,
  },
  {
    name: "adopts the PostgreSQL that a killed launcher left running",
    before: async (arranged) => abandon(await arranged.launch(), { keepPostgres: true }),
    after: async (running) => {
      expect(running.isAdopted).toBe(true);
      await keptItsData(running);
    },
  },
  {
    name: "starts PostgreSQL again on its port when it dies",
    after: async (running) => {
      kill(running.pid);
      await until(async () => !(await answers(running.url)));
      await until(() => answers(running.url));
      running.pid = Number(readFileSync(path.join(running.dir, "postmaster.pid"), "utf8").split("\n")[0]);
    },
  },
  {
    name: "is refused a data folder that another one uses",
    after: async (_running, arranged) => {
      await expect(arranged.launch()).rejects.toThrow(/^\s*Faultline already runs from .*FAULTLINE_DATA_DIR=…\s*$/);
    },
  },
  {
    name: "leaves nothing running when it is killed outright",
    after: async ({ child }) => {
      child.kill("SIGKILL");
    },
  },
];

// By position: Vitest cuts a long $name short, and nobody could then run one of them alone.
const named = situations.map((situation): [string, Situation] => [situation.name, situation]);

const people: [string, number | undefined][] = isRoot
  ? [
      ["root", undefined],
      ["an ordinary user", NOBODY],
    ]
  : [["an ordinary user", undefined]];

beforeAll(() => {
  checkout = publicCheckout();
});
afterAll(() => checkout.remove());

describe.each(people)("the launcher, run by %s,", (_who, uid) => {
  beforeEach(() => {
    const base = mkdtempSync(path.join(tmpdir(), "faultline-launcher-"));
    chmodSync(base, 0o755);
    if (uid !== undefined) chownSync(base, uid, uid);
    const settings: Settings = { dataDir: path.join(base, "data") };
    stage = { base, settings, uid, launch: () => launch(settings, uid) };
    children = [];
    cleanUp = [() => rmSync(base, { recursive: true, force: true })];
  });

  afterEach(async () => {
    for (const child of children) child.kill("SIGTERM");
    await until(() => children.every(hasEnded));
    for (const clean of cleanUp.reverse()) clean();
  });

  it.each(named)(
    "[K10] %s",
    async (_name, { before, after }) => {
      await before?.(stage);
      const running = await stage.launch();
      expect(await answers(running.url)).toBe(true);
      expect(statSync(stage.settings.dataDir).mode & 0o007).toBe(0);
      for (const file of readdirSync(stage.settings.dataDir)) {
        expect(statSync(path.join(stage.settings.dataDir, file)).mode & 0o077, file).toBe(0);
      }
      await after?.(running, stage);

      // However it went: Ctrl-C, with a stream still open, ends all of it within ten seconds.
      if (isAlive(running.app)) await fetch(`http://127.0.0.1:${running.appPort}`).catch(() => {});
      const reaper = reaperOf(running);
      running.child.kill("SIGINT");
      const took = await until(
        () => ![running.child.pid, running.app, running.pid, reaper].some((pid) => pid && isAlive(pid)),
      );
      expect(took).toBeLessThan(10_000);
    },
    40_000,
  );
});
