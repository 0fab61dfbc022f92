import { describe, expect, it } from "vitest";
import { persist } from "./persist";

const coded = (code: string) => Object.assign(new Error(code), { code });

/** Fails with each of these in turn, then gives the result. */
const failing = (errors: Error[], result: string) => async () => {
  const error = errors.shift();
  if (error) throw error;
  return result;
};

describe("what a call came to", () => {
  it.each([
    ["a pool that is exhausted", new Error("timeout exceeded when trying to connect")],
    ["a connection that is reset", coded("ECONNRESET")],
    ["one that the other side has closed", coded("EPIPE")],
    ["a database that shuts down", coded("57P01")],
    ["one that has no more connections", coded("53300")],
    ["a deadlock", coded("40P01")],
  ])("[K8] is stored after %s", async (_, error) => {
    const refused = () => Promise.reject(new Error("not refused"));
    expect(await persist(failing([error, error], "stored"), refused)).toBe("stored");
  });

  it("[K8] is replaced when the database refuses it, whatever passes meanwhile", async () => {
    const refused = (error: unknown) => failing([], error instanceof Error ? `refused: ${error.message}` : "")();
    expect(await persist(failing([coded("ECONNRESET"), coded("23514")], "stored"), refused)).toBe("refused: 23514");
  });

  it("[K8] is not asked for without end when the refusal is refused too", async () => {
    await expect(persist(failing([coded("23514")], ""), failing([coded("23514")], ""))).rejects.toThrow("23514");
  });
});
