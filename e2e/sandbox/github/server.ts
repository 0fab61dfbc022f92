import { z } from "zod";
import { startFront } from "../front";
import { Validator } from "../validate";
import { type ApiContext, answerApi } from "./api";
import { startEmulator, type Upstream } from "./emulator";
import { lagging } from "./lag";
import { RateLimit } from "./rules";
import { drawTokens, identitiesOf, type Tokens } from "./seed";
import { sitePage } from "./site";

export type GithubSandboxOptions = {
  /** Taken when it is free; another one otherwise. */
  preferredPort?: number;
  tokens?: Tokens;
  /** Repositories beyond the seeded ones, for lists of several pages. */
  extraRepos?: number;
  /** The official description; without it nothing is validated. */
  specFile?: string | null;
};

/** Where GitHub redirects renamed repositories to; the description has it under its usual name. */
const usual = (path: string) => path.replace(/^\/repositories\/\d+/, "/repos/o/r");

/** A GitHub of one's own: npm `emulate` behind a front that adds GitHub's refusals, its limits, its pages and faults. */
export async function startGithub(options: GithubSandboxOptions = {}) {
  const tokens = options.tokens ?? drawTokens();
  const upstream = await startEmulator(options.extraRepos ?? 0);
  const moved = new Map<string, number>();
  const front = await startFront({
    preferredPort: options.preferredPort,
    checker: options.specFile ? new Validator(options.specFile, { usual }) : null,
    start({ url: baseUrl, lag }) {
      const rateLimit = new RateLimit();
      const context: ApiContext = { upstream, identities: identitiesOf(tokens), rateLimit, moved, baseUrl };
      return {
        rateLimit,
        page: ({ method, url, text }) => sitePage(upstream, method, url, text),
        async work(request) {
          const worked = await answerApi(context, request);
          return { ...lagging(lag, request.method, request.url, worked), login: worked.identity?.login ?? null };
        },
        dials: { "POST /rename": (input) => rename(upstream, moved, renameInput.parse(input)) },
        async reset() {
          moved.clear();
          await upstream.reset();
        },
        close: () => upstream.close(),
      };
    },
  });
  return {
    ...front,
    tokens,
    apiUrl: front.url,
    upstream,
    rename: (from: string, to: string) => rename(upstream, moved, { from, to }),
  };
}

const renameInput = z.object({ from: z.string(), to: z.string() });

/** Renames a repository; from then on the old name is answered 301, as GitHub does. */
async function rename(upstream: Upstream, moved: Map<string, number>, { from, to }: z.output<typeof renameInput>) {
  const { status, data } = await upstream.asAdmin<{ id: number }>("PATCH", `/repos/${from}`, {
    name: to.split("/").at(-1),
  });
  if (status !== 200) throw new Error(`Renaming ${from} answered ${status}`);
  moved.set(from.toLowerCase(), data.id);
}
