import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { AppError } from "@/lib/errors";
import { makeAdmin, makeMember } from "@/lib/workspaces/test-people";
import { once } from "./idempotency";

let actor: Actor;
beforeAll(async () => {
  actor = await makeAdmin();
});

/** What a piece of work waits for. */
function gate() {
  let [resolve, reject]: [(by: string) => void, (error: Error) => void] = [() => {}, () => {}];
  const promise = new Promise<string>((...ends) => ([resolve, reject] = ends));
  return { promise, resolve, reject };
}

const request = (change = {}) => ({ key: newId(), route: "POST /api/x", body: { a: 1, b: [2] }, ...change });

describe("Idempotency-Key", () => {
  it("[G3] 100 calls at once: the work is done once, all get the same answer", async () => {
    const repeated = request();
    let done = 0;
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => once(actor, repeated, async (id) => ({ id, done: ++done }))),
    );
    expect(done).toBe(1);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it("[G3] the same body in another order of its members is the same", async () => {
    const repeated = request();
    const first = await once(actor, repeated, async (id) => ({ id }));
    expect(await once(actor, { ...repeated, body: { b: [2], a: 1 } }, async (id) => ({ id }))).toEqual(first);
  });

  it("[G3] another body under the same key is refused with 422", async () => {
    const repeated = request();
    await once(actor, repeated, async (id) => ({ id }));
    await expect(once(actor, { ...repeated, body: { a: 2 } }, async (id) => ({ id }))).rejects.toMatchObject({
      kind: "invalid_input",
      fields: { "Idempotency-Key": expect.any(String) },
    });
  });

  it("[G3] a key belongs to its person and its route", async () => {
    const repeated = request();
    const first = await once(actor, repeated, async (id) => ({ id }));
    expect(await once(actor, { ...repeated, route: "POST /api/y" }, async (id) => ({ id }))).not.toEqual(first);
    expect(await once(await makeMember(actor), repeated, async (id) => ({ id }))).not.toEqual(first);
  });

  it("[G3] a refusal frees the key; anything less certain keeps its id for whoever takes over", async () => {
    const repeated = { ...request(), isResumable: true };
    const fails = (kind: "invalid_input" | "unavailable") => (id: string) => Promise.reject(new AppError(kind, id));
    const refused = await once(actor, repeated, fails("invalid_input")).catch((error) => error.message);
    const uncertain = await once(actor, repeated, fails("unavailable")).catch((error) => error.message);
    expect(uncertain).not.toBe(refused);
    expect(await once(actor, repeated, async (id) => ({ id }))).toEqual({ id: uncertain });
  });

  it("[G3] work that cannot be taken over is not done a second time: what was interrupted is said", async () => {
    const repeated = request();
    let done = 0;
    const dies = () => {
      done += 1;
      return Promise.reject(new AppError("unavailable", "The connection is gone, perhaps after the commit."));
    };
    await expect(once(actor, repeated, dies)).rejects.toMatchObject({ kind: "unavailable" });
    await expect(once(actor, repeated, dies)).rejects.toMatchObject({ kind: "conflict" });
    expect(done).toBe(1);
  });

  it("[G3] a process that died holding a key is taken over by one of those who wait", async () => {
    const repeated = { ...request(), isResumable: true };
    const { id } = await once(actor, repeated, async (id) => ({ id }));
    const longAgo = new Date(Date.now() - 60_000);
    await prisma.idempotencyKey.update({ where: { id }, data: { sealedAnswer: null, heldAt: longAgo } });
    let done = 0;
    const asked = Array.from({ length: 10 }, () => once(actor, repeated, async (id) => ({ id, done: ++done })));
    expect(new Set((await Promise.all(asked)).map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ id, done: 1 })]),
    );
  });

  describe("a holder that stalled and was taken over", () => {
    /** Work under way whose holder is taken for dead, and another that has taken it over; both end when told. */
    const takenOver = async () => {
      const repeated = { ...request(), isResumable: true };
      const gates = { stalled: gate(), other: gate() };
      const stalled = once(actor, repeated, async (id) => ({ id, by: await gates.stalled.promise }));
      const { key } = repeated;
      const row = () => prisma.idempotencyKey.findFirst({ where: { key } });
      await expect.poll(row).not.toBeNull();
      await prisma.idempotencyKey.updateMany({ where: { key }, data: { heldAt: new Date(Date.now() - 60_000) } });
      const other = once(actor, repeated, async (id) => ({ id, by: await gates.other.promise }));
      await expect.poll(async () => (await row())?.heldAt.getTime()).toBeGreaterThan(Date.now() - 30_000);
      const ask = () => once(actor, repeated, async (id) => ({ id, by: "a third" }));
      return { gates, stalled, other, ask };
    };

    it("[G3] leaves the answer that was stored meanwhile, and gives the same one", async () => {
      const { gates, stalled, other, ask } = await takenOver();
      gates.other.resolve("the other");
      const answer = await other;
      gates.stalled.resolve("the stalled one");
      expect([await stalled, await ask()]).toEqual([answer, answer]);
    });

    it.each(["invalid_input", "unavailable"] as const)(
      "[G3] frees nothing that another holds when it ends with %s",
      async (kind) => {
        const { gates, stalled, other, ask } = await takenOver();
        gates.stalled.reject(new AppError(kind, "Too late."));
        await expect(stalled).rejects.toMatchObject({ kind });
        const third = ask();
        expect(await Promise.race([third, sleep(200, "it waits")])).toBe("it waits");
        gates.other.resolve("the other");
        expect(await third).toEqual(await other);
      },
    );
  });

  it("[G3] nobody waits for ever for work that takes long: they are told to ask again", async () => {
    const repeated = request();
    const [begun, end] = [gate(), gate()];
    const first = once(actor, repeated, async (id) => {
      begun.resolve("begun");
      return { id, by: await end.promise };
    });
    await begun.promise;
    const later = performance.now() + 61_000;
    const clock = vi.spyOn(performance, "now");
    try {
      clock.mockReturnValueOnce(0).mockReturnValue(later);
      await expect(once(actor, repeated, async (id) => ({ id }))).rejects.toMatchObject({
        kind: "conflict",
        retryAt: expect.any(Date),
      });
    } finally {
      clock.mockRestore();
    }
    end.resolve("the first");
    expect(await once(actor, repeated, async (id) => ({ id }))).toEqual(await first);
  });

  it("[G3] of a body that is read as it arrives, the digest tells whether it is the same", async () => {
    const streamed = (digest: string) => ({ ...request({ key: "streamed" }), body: { digest: async () => digest } });
    const first = await once(actor, streamed("a"), async (id) => ({ id }));
    expect(await once(actor, streamed("a"), async (id) => ({ id }))).toEqual(first);
    await expect(once(actor, streamed("b"), async (id) => ({ id }))).rejects.toMatchObject({ kind: "invalid_input" });
  });

  it("[G3] answers are stored sealed: some hold a secret", async () => {
    const { id } = await once(actor, request(), async (id) => ({ id, secret: "canary-of-an-answer" }));
    const row = await prisma.idempotencyKey.findUniqueOrThrow({ where: { id } });
    expect(row.sealedAnswer).toMatch(/^enc:v1:/);
    expect(JSON.stringify(row)).not.toContain("canary");
  });

  it("[G3] after 24 hours the key is new", async () => {
    const repeated = request();
    const { id } = await once(actor, repeated, async (id) => ({ id }));
    await prisma.idempotencyKey.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await once(actor, repeated, async (id) => ({ id }))).not.toEqual({ id });
  });

  it.each(["", "with space", "x".repeat(256), "ünï"])("[G3] refuses the key %j", async (key) => {
    await expect(once(actor, request({ key }), async (id) => ({ id }))).rejects.toMatchObject({
      kind: "invalid_input",
    });
  });
});
