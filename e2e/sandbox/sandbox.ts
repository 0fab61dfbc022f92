import type { Front } from "./front";
import type { Tokens } from "./github/seed";
import { startGithub } from "./github/server";
import type { Board } from "./github/state";
import { specFileOf } from "./spec-files";

export type SandboxOptions = {
  /** Taken when it is free; any free one by default. */
  preferredPort?: number;
  tokens?: Tokens;
  extraRepos?: number;
  /** Checks every exchange against the official descriptions, where FAULTLINE_SPECS says they are. */
  validate?: boolean;
};

/** The local GitHub, for tests: what it is, and the dials that make it misbehave. */
export type Sandbox = Omit<Front, "url"> & {
  github: {
    /** Pages and API share one origin. */
    url: string;
    apiUrl: string;
    /** Of an account that may write. */
    token: string;
    /** The same account, with a token that names no scopes. */
    fineGrainedToken: string;
    /** Of an account without push access; public repositories only. */
    readOnlyToken: string;
    /** Without any scope that helps. */
    noScopeToken: string;
  };
  /** For FAULTLINE_ALLOW_PRIVATE_NETWORKS: these addresses and no others. */
  allow: string[];
  rename(from: string, to: string): Promise<void>;
  /** The boards as they really are; what a test changes in them has changed. */
  boards(): Board[];
  /** What is really there, past every fault. */
  issues(repo: string): Promise<SandboxIssue[]>;
};

export type SandboxIssue = {
  id: number;
  number: number;
  title: string;
  body: string | null;
  state: string;
  html_url: string;
  labels: { name: string }[];
  user: { login: string };
};

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const specFile = options.validate === false ? null : specFileOf("github-rest.json");
  const { upstream, tokens, apiUrl, url, ...front } = await startGithub({
    ...options,
    extraProjects: options.extraRepos ?? 0,
    specFile,
  });
  return {
    ...front,
    github: {
      url,
      apiUrl,
      token: tokens.token,
      fineGrainedToken: tokens.fineGrained,
      readOnlyToken: tokens.readOnly,
      noScopeToken: tokens.noScope,
    },
    allow: [new URL(url).host],
    boards: () => upstream.state().boards,
    async issues(repo) {
      const all: SandboxIssue[] = [];
      for (let page = 1; all.length === (page - 1) * 100; page++) {
        const path = `/repos/${repo}/issues?state=all&per_page=100&page=${page}`;
        all.push(...(await upstream.asAdmin<SandboxIssue[]>("GET", path)).data);
      }
      // Issues of one millisecond come in any order.
      return all.sort((a, b) => a.number - b.number);
    },
  };
}
