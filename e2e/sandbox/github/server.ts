import { z } from "zod";
import { startFront } from "../front";
import { specFileOf } from "../spec-files";
import { Validator } from "../validate";
import { type ApiContext, answerApi } from "./api";
import { startEmulator, type Upstream } from "./emulator";
import { createCheck, GithubChecker } from "./graphql/check";
import { lagging } from "./lag";
import { RateLimit } from "./rules";
import { drawTokens, identitiesOf, org, type Tokens } from "./seed";
import { sitePage } from "./site";

export type GithubSandboxOptions = {
  /** Taken when it is free; another one otherwise. */
  preferredPort?: number;
  tokens?: Tokens;
  /** Beyond what is seeded, for lists of several pages. */
  extraProjects?: number;
  extraUsers?: number;
  /** The official description; without it nothing is validated. */
  specFile?: string | null;
};

/** Where GitHub redirects renamed repositories to; the description has it under its usual name. */
const usual = (path: string) => path.replace(/^\/repositories\/\d+/, "/repos/o/r");

/** An Enterprise Server has its API beside its pages: /api/v3 and /api/graphql. */
const below = (path: string) => path.replace(/^\/api(\/v3|(?=\/graphql$))/, "");

/** A GitHub of one's own: state and routes behind a front that adds GitHub's refusals, its limits, its pages and faults. */
export async function startGithub(options: GithubSandboxOptions = {}) {
  const tokens = options.tokens ?? drawTokens();
  const schemaFile = options.specFile ? specFileOf("github-projectsv2.schema.graphql") : null;
  const graphql = schemaFile ? createCheck(schemaFile) : null;
  const rest = options.specFile ? new Validator(options.specFile, { usual, prefix: /^\/api\/v3/ }) : null;
  const moved = new Map<string, number>();
  let upstream: Upstream | undefined;
  const running = () => {
    if (!upstream) throw new Error("The sandbox has not started yet.");
    return upstream;
  };

  const front = await startFront({
    preferredPort: options.preferredPort,
    checker: rest && graphql ? new GithubChecker(rest, graphql) : null,
    async start({ url: baseUrl, lag }) {
      const { extraProjects = 0, extraUsers = 0 } = options;
      const started = await startEmulator(baseUrl, { extraRepos: extraProjects, extraUsers });
      upstream = started;
      const rateLimit = new RateLimit();
      const identities = identitiesOf(tokens);
      const context: ApiContext = { upstream: started, identities, rateLimit, moved, baseUrl, graphql };
      return {
        rateLimit,
        page: ({ method, url, text }) => sitePage(started, method, url, text),
        async work(request) {
          const url = new URL(below(request.url.pathname) + request.url.search, baseUrl);
          const worked = await answerApi(context, { ...request, url });
          return { ...lagging(lag, request.method, url, worked), login: worked.identity?.login ?? null };
        },
        dials: { "POST /rename": (input) => rename(started, moved, renameInput.parse(input)) },
        async reset() {
          moved.clear();
          await started.reset();
        },
        close: () => started.close(),
      };
    },
  });

  const pat = (token: string) => ({ authType: "pat", values: { token } });
  return {
    ...front,
    tokens,
    apiUrl: front.url,
    credentials: {
      write: pat(tokens.token),
      readOnly: pat(tokens.readOnly),
      noScope: pat(tokens.noScope),
      fineGrained: pat(tokens.fineGrained),
    },
    upstream: running(),
    /** What is really there, past every fault. */
    async issues(projectKey: string) {
      const { issues, labels, repos } = running().state();
      const repo = repos.find(({ name }) => `${org}/${name}`.toLowerCase() === projectKey.toLowerCase());
      return issues
        .filter(({ repoId }) => repoId === repo?.id)
        .map(({ number, title, body, state, labels: ids }) => ({
          ...{ ref: String(number), title, body, state },
          labels: labels.filter(({ id }) => ids.includes(id)).map(({ name }) => name),
          url: `${front.url}/${projectKey}/issues/${number}`,
        }));
    },
    snapshot: () => running().snapshot(),
    restore: (snapshot: unknown) => running().restore(snapshot),
    rename: (from: string, to: string) => rename(running(), moved, { from, to }),
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
