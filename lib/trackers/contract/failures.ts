import { describe, expect, it } from "vitest";
import type { FaultInput } from "@/e2e/sandbox/faults";
import { failureOf } from "@/lib/http/test-failure";
import { type Context, method, offering } from "./context";

const signIn = "<!doctype html><title>Sign in</title><form><input type='password'></form>";
const unicorn = "<!doctype html><h1>Unicorn</h1>";

/** How ordinary calls fail, and what becomes of each. */
export function failures(context: Context): void {
  const { setup, sandbox, read } = context;
  const { rate } = setup.tracker;

  describe("failures", () => {
    it.each<[string, Omit<FaultInput, "times">, string | RegExp, "refused" | "unknown" | null]>([
      ["401", { mode: "status", status: 401, body: { message: "Unauthorized" } }, "tracker_unauthorized", "refused"],
      ["403", { mode: "status", status: 403, body: { message: "Forbidden" } }, "tracker_forbidden", "refused"],
      ["404", { mode: "status", status: 404, body: { message: "Not Found" } }, "tracker_not_found", "refused"],
      [
        "404 in plain text",
        { mode: "status", status: 404, headers: { "content-type": "text/plain" }, body: "no" },
        "tracker_not_found",
        "refused",
      ],
      [
        "409",
        { mode: "status", status: 409, body: { message: "Conflict" } },
        /^(tracker_refused|conflict)$/,
        "refused",
      ],
      [
        "412",
        { mode: "status", status: 412, body: { message: "Precondition Failed" } },
        /^(tracker_refused|conflict)$/,
        "refused",
      ],
      ["a status that nobody knows", { mode: "status", status: 418, body: unicorn }, "tracker_refused", "refused"],
      ["408", { mode: "status", status: 408 }, "timed_out", "unknown"],
      ["500", { mode: "status", status: 500 }, "tracker_failed", null],
      ["502 as a page", { mode: "html", status: 502, body: unicorn }, "tracker_failed", null],
      ["a sign-in page with 200", { mode: "html", status: 200, body: signIn }, "tracker_unauthorized", "refused"],
      ["a page instead of data", { mode: "html", status: 200, body: unicorn }, "tracker_unreadable", null],
      ["broken JSON", { mode: "bad-json" }, "tracker_unreadable", null],
      ["an empty object", { mode: "status", status: 200, body: {} }, "tracker_unreadable", null],
      ["a broken connection", { mode: "reset" }, /^tracker_unrea/, null],
      ["half an answer", { mode: "truncate" }, "tracker_unreadable", null],
      ["silence", { mode: "hang" }, "timed_out", "unknown"],
    ])("[D3] %s is what it is", async (_, fault, kind, outcome) => {
      sandbox().faults.add({ ...fault, times: "always" });
      const error = await failureOf(read({ deadlineMs: 600 }));
      expect(error.kind).toMatch(kind);
      if (outcome) expect(error.outcome).toBe(outcome);
    });

    it("[D3] a page that is made to take long takes no time", async () => {
      sandbox().faults.add({ mode: "html", status: 200, body: "<input ".repeat(60_000), times: "always" });
      const beganAt = performance.now();
      expect(await failureOf(read())).toMatchObject({ kind: "tracker_unreadable" });
      expect(performance.now() - beganAt).toBeLessThan(1_500);
    });

    const cap = 86_400;
    it.each<[string, () => Record<string, string>, number]>([
      ["in seconds", () => ({ "retry-after": "30" }), 30],
      ["as a date", () => ({ "retry-after": new Date(Date.now() + 300_000).toUTCString() }), 300],
      ["absent", () => ({}), rate.waitMs / 1_000],
      ["negative", () => ({ "retry-after": "-5" }), rate.waitMs / 1_000],
      ["absurd", () => ({ "retry-after": "99999999999" }), cap],
      ["nonsense", () => ({ "retry-after": "soon" }), rate.waitMs / 1_000],
      [
        "by the reset of the budget",
        () => ({
          [rate.headers.remaining]: "0",
          [rate.headers.reset]: String(Math.floor(Date.now() / 1_000) + 120),
        }),
        120,
      ],
    ])("[K4] 429, the time to come back %s: refused until then", async (_, headersNow, seconds) => {
      const headers = headersNow();
      sandbox().faults.add({ mode: "status", status: 429, headers, body: { message: "Too many" }, times: "always" });
      const { kind, outcome, retryAt } = await failureOf(read());
      expect({ kind, outcome }).toEqual({ kind: "tracker_rate_limited", outcome: "refused" });
      const waitSeconds = ((retryAt?.getTime() ?? 0) - Date.now()) / 1_000;
      expect(waitSeconds).toBeGreaterThan(seconds - 3);
      expect(waitSeconds).toBeLessThan(seconds + 3);
    });

    it("[K4] a budget that runs out refuses, and says when it is back", async () => {
      sandbox().rateLimit.set({ remaining: 0, resetSeconds: 120 });
      const { kind, outcome, retryAt } = await failureOf(read());
      expect({ kind, outcome }).toEqual({ kind: "tracker_rate_limited", outcome: "refused" });
      const waitSeconds = ((retryAt?.getTime() ?? 0) - Date.now()) / 1_000;
      expect(waitSeconds).toBeGreaterThan(115);
      expect(waitSeconds).toBeLessThan(125);
    });

    offering(context, ["createIssue"], () => {
      const { method: verb, path } = setup.createCall;
      const refused = async (fault: Omit<FaultInput, "method" | "path">) => {
        const input = await context.input();
        sandbox().faults.add({ method: verb, path, ...fault });
        return failureOf(method(context.open(), "createIssue")(input));
      };

      it("[G11] a refusal names the field that it is about", async () => {
        const { status, body } = setup.titleRefusal;
        expect(await refused({ mode: "status", status, body })).toMatchObject({
          kind: "tracker_refused",
          outcome: "refused",
          fields: { title: expect.stringMatching(/./) },
        });
      });

      it("[G11] of a refusal that names thousands of fields a form's worth is kept", async () => {
        const names = Array.from({ length: 5_000 }, (_, n) => `field-${n}`);
        const errors = Object.fromEntries(names.map((name) => [name, "x".repeat(200)]));
        const asList = names.map((field) => ({ field, message: "x".repeat(200) }));
        for (const body of [{ message: "No", errors: asList }, { message: "No", errors }, { message: errors }]) {
          const { fields } = await refused({ mode: "status", status: setup.titleRefusal.status, body });
          expect(Object.keys(fields ?? {}).length).toBeLessThanOrEqual(50);
        }
      });
    });
  });
}
