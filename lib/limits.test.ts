import { describe, expect, it, vi } from "vitest";
import { pool } from "@/lib/db/client";
import { isKind } from "@/lib/errors";
import { countAttempt, forgetAttempts } from "./limits";

describe("countAttempt", () => {
  it("[A1] lets exactly the limit through when all come at once, and says when to come back", async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => countAttempt("burst", 10, 900)));
    const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(refused).toHaveLength(30);
    for (const reason of refused) {
      expect(isKind(reason, "rate_limited")).toBe(true);
      expect(reason.retryAt.getTime()).toBeGreaterThan(Date.now());
      expect(reason.retryAt.getTime()).toBeLessThanOrEqual(Date.now() + 900_000);
    }
  });

  it("[A1] counts each key for itself, and allows again in the next window", async () => {
    await countAttempt("one", 1, 60);
    await expect(countAttempt("one", 1, 60)).rejects.toMatchObject({ kind: "rate_limited" });
    await countAttempt("other", 1, 60);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
    await expect(countAttempt("one", 1, 60)).resolves.toBeUndefined();
    vi.useRealTimers();
  });

  it("[A1] forgets a key on success, and sweeps windows that are over", async () => {
    await pool.query(
      `insert into "AttemptWindow" values ('old', now() - interval '1 day', 3, now() - interval '1 hour')`,
    );
    await countAttempt("fresh", 1, 60);
    await forgetAttempts("fresh");
    await countAttempt("fresh", 1, 60);
    const { rowCount } = await pool.query(`select 1 from "AttemptWindow" where "key" = 'old'`);
    expect(rowCount).toBe(0);
  });
});
