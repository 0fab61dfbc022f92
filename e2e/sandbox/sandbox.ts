import { existsSync } from "node:fs";
import path from "node:path";
import type { FaultInput } from "./faults";
import { rename, type SandboxCall } from "./github/control";
import type { RateLimitInput } from "./github/rules";
import type { Tokens } from "./github/seed";
import { startGithub } from "./github/server";
import type { LagInput } from "./index-lag";

export type SandboxOptions = {
  /** Taken when it is free; any free one by default. */
  preferredPort?: number;
  tokens?: Tokens;
  extraRepos?: number;
  /** Checks every exchange against the official descriptions, where FAULTLINE_SPECS says they are. */
  validate?: boolean;
};

/** The local trackers, for tests: what they are, and the dials that make them misbehave. */
export type Sandbox = {
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
  faults: { add(fault: FaultInput): void; clear(): void };
  rateLimit: { set(input: RateLimitInput): void; clear(): void };
  /** How long new issues are absent from which lists and searches; `passTime` spares the waiting. */
  lag: { set(input: LagInput): void; passTime(ms: number): void; clear(): void };
  rename(from: string, to: string): Promise<void>;
  calls(): readonly SandboxCall[];
  /** What is really there, past every fault. */
  issues(repo: string): Promise<SandboxIssue[]>;
  /** Exchanges that do not fit the official description; null when nothing was checked. */
  violations(): readonly string[] | null;
  exercised(): readonly string[];
  reset(): Promise<void>;
  close(): Promise<void>;
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
  const github = await startGithub({ ...options, specFile: options.validate === false ? null : specFile() });
  return {
    github: {
      url: github.url,
      apiUrl: github.apiUrl,
      token: github.tokens.token,
      fineGrainedToken: github.tokens.fineGrained,
      readOnlyToken: github.tokens.readOnly,
      noScopeToken: github.tokens.noScope,
    },
    allow: [new URL(github.url).host],
    faults: { add: (fault) => github.faults.add(fault), clear: () => github.faults.clear() },
    rateLimit: { set: (input) => github.rateLimit.set(input), clear: () => github.rateLimit.clear() },
    lag: {
      set: (input) => github.lag.set(input),
      passTime: (ms) => github.lag.passTime(ms),
      clear: () => github.lag.clear(),
    },
    rename: (from, to) => rename(github, { from, to }),
    calls: () => github.calls,
    async issues(repo) {
      const all: SandboxIssue[] = [];
      for (let page = 1; all.length === (page - 1) * 100; page++) {
        const path = `/repos/${repo}/issues?state=all&per_page=100&page=${page}`;
        all.push(...(await github.upstream.asAdmin<SandboxIssue[]>("GET", path)).data);
      }
      // Issues of one millisecond come in any order.
      return all.sort((a, b) => a.number - b.number);
    },
    violations: () => github.validator?.violations ?? null,
    exercised: () => [...(github.validator?.exercised ?? [])],
    reset: github.reset,
    close: github.close,
  };
}

/** Set and missing is an error: a check that silently does nothing proves nothing. */
function specFile(): string | null {
  const folder = process.env.FAULTLINE_SPECS;
  if (!folder) return null;
  const file = path.resolve(folder, "github-rest.json");
  if (!existsSync(file)) throw new Error(`FAULTLINE_SPECS is set, but ${file} is missing.`);
  return file;
}
