import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeLock, withLock } from "./lock.mjs";
import { birthOf } from "./processes.mjs";

let dir: string;
let file: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "faultline-lock-"));
  file = path.join(dir, "lock");
});
afterEach(() => rmSync(dir, { recursive: true }));

describe("a lock file", () => {
  it("[K10] names its holder to whoever comes second", () => {
    expect(takeLock(file)).toHaveProperty("release");
    expect(takeLock(file)).toEqual({ heldBy: process.pid });
  });

  it.each([
    ["a process that has ended", { pid: 2 ** 22 + 1, birth: "1" }],
    ["an earlier process with a pid that is in use again", { pid: process.pid, birth: `${birthOf(process.pid)}0` }],
    ["nobody, being cut short", undefined],
  ])("[K10] does not count when it is left from %s", (_whom, content) => {
    writeFileSync(file, content ? JSON.stringify(content) : '{"pid":');
    expect(takeLock(file)).toHaveProperty("release");
  });

  it("[K10] lets one in at a time and leaves nothing behind", async () => {
    let inside = 0;
    let most = 0;
    const use = async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside--;
    };
    await Promise.all(Array.from({ length: 5 }, () => withLock(file, use)));
    expect(most).toBe(1);
    expect(readdirSync(dir)).toEqual([]);
  });
});
