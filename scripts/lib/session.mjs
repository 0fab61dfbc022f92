import { spawn } from "node:child_process";
import path from "node:path";
import { Failure } from "./failure.mjs";
import { takeLock } from "./lock.mjs";
import { ensureDataDir } from "./owner.mjs";
import { endGroups, parentOf } from "./processes.mjs";
import { inRepo } from "./repo.mjs";

// Everything must have stopped ten seconds after Ctrl-C; PostgreSQL, which goes last, needs some of them.
const CHILD_GRACE_MS = 6500;
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/**
 * What one command runs and leaves behind: nothing. Every child is a process group of its own, so that Ctrl-C in the
 * terminal reaches this process alone, which stops the children in order. A detached reaper does it when this process
 * is killed outright.
 */
export class Session {
  #children = new Map();
  #closers = [];
  #reaper;
  #postgres;
  #lock;
  #isStopping = false;
  #onStopped;
  /** Settles with the exit code when everything has stopped. */
  stopped = new Promise((resolve) => (this.#onStopped = resolve));

  /** @param {{ dataDir?: string }} options With a data folder, a second command on the same one is refused. */
  constructor({ dataDir } = {}) {
    if (dataDir) {
      ensureDataDir(dataDir);
      const lock = takeLock(path.join(dataDir, "launcher.lock"));
      if ("heldBy" in lock) {
        throw new Failure(
          `Faultline already runs from ${dataDir} (process ${lock.heldBy}). Stop it first, or give this one a folder of its own: FAULTLINE_DATA_DIR=…`,
        );
      }
      this.#lock = lock;
    }
    this.#reaper = spawn(process.execPath, [inRepo("scripts/reaper.mjs")], {
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    });
    this.#reaper.unref();
    this.#reaper.stdin.on("error", () => {});
    for (const [signal, number] of Object.entries(SIGNALS)) {
      process.on(signal, () => this.stop(signal === "SIGTERM" ? 0 : 128 + number));
    }
    if (process.env.npm_lifecycle_event) this.#endWithParent();
  }

  get isStopping() {
    return this.#isStopping;
  }

  /** Starts a child; its last lines stay in `child.tail` for an error message unless the terminal shows them. */
  spawn(command, args, { stdio = ["ignore", "pipe", "pipe"], ...options } = {}) {
    if (this.#isStopping) throw new Failure("Stopped.");
    const child = spawn(command, args, { cwd: inRepo(), ...options, stdio, detached: true });
    child.tail = "";
    const keep = (chunk) => {
      child.tail = (child.tail + chunk).slice(-20_000);
    };
    child.stderr?.on("data", keep);
    if (options.keepOutput !== false) child.stdout?.on("data", keep);
    if (child.pid !== undefined) this.#children.set(child.pid, child);
    this.#tellReaper();
    child.once("exit", () => {
      this.#children.delete(child.pid);
      this.#tellReaper();
    });
    return child;
  }

  /** Runs a command to its end; answers what it printed, or fails with it. */
  async run(command, args, options) {
    const child = this.spawn(command, args, options);
    const code = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    if (this.#isStopping) await this.stopped;
    if (code === 0) return child.tail;
    const printed = child.tail.trim();
    throw Object.assign(new Failure(`${path.basename(command)} ${args.join(" ")} failed:\n${printed}`), { printed });
  }

  /** Tells the reaper which cluster it may have to stop. */
  ownPostgres(server) {
    this.#postgres = server && { bin: server.bin, dir: server.dir, owner: server.owner };
    this.#tellReaper();
  }

  /** Something to do after the children have ended, last registered first. */
  onClose(close) {
    this.#closers.unshift(close);
  }

  /** Stops everything; the process ends with `code`. */
  async stop(code) {
    if (this.#isStopping) return this.stopped;
    this.#isStopping = true;
    await endGroups([...this.#children.keys()], CHILD_GRACE_MS);
    for (const close of this.#closers) await Promise.resolve(close()).catch(() => {});
    this.#lock?.release();
    this.#reaper.stdin.end("bye\n");
    this.#onStopped(code);
    process.exit(code);
  }

  /** npm runs us in a shell that dies of a signal without passing it on; and npm itself may be killed above it. */
  #endWithParent() {
    const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`;
    const first = ancestors();
    const look = () => {
      if (ancestors() !== first) this.stop(0);
    };
    setInterval(look, 250).unref();
  }

  #tellReaper() {
    const state = { groups: [...this.#children.keys()], postgres: this.#postgres };
    if (this.#reaper.stdin.writable) this.#reaper.stdin.write(`${JSON.stringify(state)}\n`);
  }
}

/** Runs a command's body in a session of its own and stops it, whatever happens. */
export async function inSession(options, body) {
  let session;
  let code = 1;
  try {
    session = new Session(options);
    code = (await body(session)) ?? 0;
  } catch (error) {
    if (!session?.isStopping) console.error(error instanceof Failure ? `\n${error.message}` : error);
  }
  if (!session) process.exit(1);
  await session.stop(code);
}
