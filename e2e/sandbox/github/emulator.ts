import { createEmulator, defineEmulator } from "emulate";
import { z } from "zod";
import { commentRoutes } from "./routes/comments";
import { hookRoutes } from "./routes/hooks";
import { issueRoutes } from "./routes/issues";
import { labelRoutes } from "./routes/labels";
import { repoRoutes } from "./routes/repos";
import { type Caller, Refusal, type Route, runRoute } from "./routes/route";
import { admin } from "./seed";
import { type Size, type State, seedState } from "./state";

export type Upstream = {
  /** What is there now. */
  state(): State;
  as<T>(caller: Caller, method: string, path: string, body?: unknown): Promise<UpstreamAnswer<T>>;
  /** A call as the organisation's owner, past every rule of the front. */
  asAdmin<T>(method: string, path: string, body?: unknown): Promise<UpstreamAnswer<T>>;
  snapshot(): unknown;
  restore(snapshot: unknown): Promise<void>;
  reset(): Promise<void>;
  close(): Promise<void>;
};
/** JSON of the shape that the asker names: it is passed on and drawn, not relied upon. */
export type UpstreamAnswer<T = unknown> = { status: number; data: T; link: string | null };

const routes: Route[] = [repoRoutes, issueRoutes, labelRoutes, commentRoutes, hookRoutes].flat();
const callerShape = z.object({ login: z.string(), canPush: z.boolean(), seesPrivate: z.boolean() });

/** What GitHub keeps and does, on the core of npm `emulate`: its state, its routes, snapshots. */
export async function startEmulator(baseUrl: string, size: Size): Promise<Upstream> {
  const seed = JSON.stringify(seedState(size));
  let live: State = JSON.parse(seed); // just written by us
  const definition = defineEmulator<State>({
    name: "github",
    state: () => JSON.parse(seed), // as above
    setup({ app, state }) {
      live = state;
      for (const { method, path, handle } of routes) {
        app.on(method, path, async (c) => {
          const caller = callerShape.parse(JSON.parse(c.req.header("x-caller") ?? "null"));
          const text = await c.req.text();
          try {
            const body: unknown = text ? JSON.parse(text) : undefined;
            const call = { state, baseUrl, caller, params: c.req.param(), url: new URL(c.req.url), body };
            const { status, data, link } = runRoute(handle, call);
            if (status === 204) return c.body(null, 204);
            return c.json(data, status, link ? { link } : {});
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            return c.json(error.body, error.status);
          }
        });
      }
    },
  });
  const emulator = await createEmulator({ service: definition, listen: false, baseUrl, inspector: false });

  const as: Upstream["as"] = async (caller, method, path, body) => {
    const response = await emulator.request(path, {
      method,
      headers: { "x-caller": JSON.stringify(caller), "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, data: text ? JSON.parse(text) : null, link: response.headers.get("link") };
  };
  return {
    state: () => live,
    as,
    asAdmin: (method, path, body) => as({ login: admin, canPush: true, seesPrivate: true }, method, path, body),
    snapshot: () => structuredClone(emulator.snapshot()),
    // Only what snapshot() gave comes back.
    restore: (snapshot) => emulator.restore(snapshot as ReturnType<typeof emulator.snapshot>),
    reset: () => emulator.reset(),
    close: () => emulator.close(),
  };
}
