import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readEnv } from "@/lib/env";
import { productEnv } from "./environment.mjs";
import { choosePort, freeLocalPort } from "./ports.mjs";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "faultline-env-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const envWith = (given: Record<string, string>, keepsOwnKeys = false) =>
  productEnv({
    dataDir,
    databaseUrl: "postgresql://a@b/c",
    port: 3111,
    given: { NODE_ENV: "production", ...given },
    keepsOwnKeys,
  });

describe("the environment that the launcher gives to the product", () => {
  it("[K10] is complete with nothing set, and stays the same at the next start", () => {
    const env = readEnv(envWith({}));
    expect(env).toMatchObject({ FAULTLINE_URL: "http://localhost:3111", PORT: 3111, FAULTLINE_INNGEST: "embedded" });
    expect(readEnv(envWith({}))).toEqual(env);
  });

  it("[K10] keeps its secrets in a file that only its owner reads", () => {
    const { FAULTLINE_KEYS } = envWith({});
    const file = path.join(dataDir, "secrets.json");
    expect(JSON.parse(readFileSync(file, "utf8")).FAULTLINE_KEYS).toBe(FAULTLINE_KEYS);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("[K10] makes no key ring up for an operator's own database: the start is refused by its name", () => {
    expect(() => readEnv(envWith({ DATABASE_URL: "postgresql://own@db/own" }, true))).toThrow(
      /FAULTLINE_KEYS is missing[\s\S]*Example:/,
    );
  });

  it("[K10] lets the operator's settings win, empty ones excepted", () => {
    const env = envWith({
      FAULTLINE_URL: "https://f.example.com",
      NEXTAUTH_SECRET: "x".repeat(40),
      FAULTLINE_KEYS: "",
    });
    expect(env).toMatchObject({
      FAULTLINE_URL: "https://f.example.com",
      NEXTAUTH_URL: "https://f.example.com",
      NEXTAUTH_SECRET: "x".repeat(40),
    });
    expect(env.FAULTLINE_KEYS).toMatch(/^k1:/);
  });

  it("[K10] keeps memory small, beside the options that the operator gives to Node", () => {
    expect(envWith({})).toMatchObject({ NODE_OPTIONS: "--max-old-space-size=640", MALLOC_ARENA_MAX: "2" });
    const given = { NODE_OPTIONS: "--use-openssl-ca", MALLOC_ARENA_MAX: "1" };
    expect(envWith(given)).toMatchObject({
      NODE_OPTIONS: "--use-openssl-ca --max-old-space-size=640",
      MALLOC_ARENA_MAX: "1",
    });
    const own = "--max-old-space-size=4096";
    expect(envWith({ NODE_OPTIONS: own }).NODE_OPTIONS).toBe(own);
  });

  it("[K8] says nothing of an embedded executor when a real Inngest is named", () => {
    expect(envWith({ INNGEST_BASE_URL: "http://inngest:8288" }).FAULTLINE_INNGEST).toBeUndefined();
  });
});

describe("the port", () => {
  it("[K10] is PORT when that is free, and a sentence when it is taken or nonsense", async () => {
    const port = await freeLocalPort(0);
    expect(await choosePort(String(port))).toBe(port);
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(port, "127.0.0.1", resolve));
    await expect(choosePort(String(port))).rejects.toThrow(`Port ${port} is taken.`);
    holder.close();
    await expect(choosePort("http")).rejects.toThrow("PORT=http is not a port");
  });
});
