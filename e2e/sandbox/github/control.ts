import { z } from "zod";
import type { Answer, Faults } from "../faults";
import type { IndexLag } from "../index-lag";
import type { Upstream } from "./emulator";
import type { RateLimit } from "./rules";
import type { Validator } from "./validate";

/** A call that reached the API, as it came; the token is not among what is kept. */
export type SandboxCall = {
  at: string;
  method: string;
  path: string;
  login: string | null;
  body: unknown;
  status: number | null;
  fault: string | null;
};

export type SandboxState = {
  upstream: Upstream;
  faults: Faults;
  rateLimit: RateLimit;
  lag: IndexLag;
  calls: SandboxCall[];
  moved: Map<string, number>;
  validator: Validator | null;
  reset(): Promise<void>;
};

const rateLimitInput = z.object({
  remaining: z.number().int().optional(),
  resetSeconds: z.number().int().optional(),
  status: z.number().int().optional(),
  secondary: z.boolean().optional(),
  retryAfter: z.string().optional(),
});
const renameInput = z.object({ from: z.string(), to: z.string() });

const json = (data: unknown, status = 200): Answer => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8" },
  body: JSON.stringify(data),
});

/** The dials: what tests and demos turn, beside the API and never mistaken for it. */
export async function control(state: SandboxState, method: string, url: URL, raw: string): Promise<Answer> {
  const input: unknown = raw ? JSON.parse(raw) : {};
  switch (`${method} ${url.pathname.replace("/_sandbox", "")}`) {
    case "GET /calls":
      return json(state.calls);
    case "GET /violations":
      return json(state.validator ? state.validator.violations : null);
    case "GET /exercised":
      return json([...(state.validator?.exercised ?? [])]);
    case "POST /faults":
      state.faults.add(input);
      return json({ ok: true }, 201);
    case "DELETE /faults":
      state.faults.clear();
      return json({ ok: true });
    case "POST /rate-limit":
      state.rateLimit.set(rateLimitInput.parse(input));
      return json({ ok: true });
    case "DELETE /rate-limit":
      state.rateLimit.clear();
      return json({ ok: true });
    case "POST /lag":
      state.lag.set(input);
      return json({ ok: true });
    case "DELETE /lag":
      state.lag.clear();
      return json({ ok: true });
    case "POST /rename": {
      await rename(state, renameInput.parse(input));
      return json({ ok: true });
    }
    case "POST /reset":
      await state.reset();
      return json({ ok: true });
    default:
      return json({ message: "There is no such dial." }, 404);
  }
}

/** Renames a repository; from then on the old name is answered 301, as GitHub does. */
export async function rename(state: Pick<SandboxState, "upstream" | "moved">, input: z.output<typeof renameInput>) {
  const { from, to } = input;
  const { status, data } = await state.upstream.asAdmin<{ id: number }>("PATCH", `/repos/${from}`, {
    name: to.split("/").at(-1),
  });
  if (status !== 200) throw new Error(`Renaming ${from} answered ${status}`);
  state.moved.set(from.toLowerCase(), data.id);
}
