import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Front } from "@/e2e/sandbox/front";
import { specsDir } from "@/e2e/vitest/external";
import { changes } from "./contract/changes";
import { comments } from "./contract/comments";
import { connection } from "./contract/connection";
import { createContext } from "./contract/context";
import { creation } from "./contract/creation";
import { failures } from "./contract/failures";
import { files } from "./contract/files";
import { lists } from "./contract/lists";
import { searches } from "./contract/searches";
import { webhooks } from "./contract/webhooks";
import type { IssueAddress, OpenTracker, Tracker } from "./tracker";

/**
 * What every tracker must hold, run by each adapter's contract.test.ts against its own sandbox over real HTTP. What a
 * tracker does not offer is not registered: there is no test that does nothing.
 *
 * A sandbox has to
 *   - keep state, and be seeded anew by `reset`: the project named here, in which `write` may create, with one issue at
 *     least and the labels named here;
 *   - answer as the official description says; what does not fit is among its `violations`;
 *   - obey the dials of `startFront`: faults, rateLimit (`remaining` 0 refuses every call until `resetSeconds` are over),
 *     lag, calls;
 *   - tell by `issues` what is really there, past every fault;
 *   - grow to the size that `start` is given, each extra project, user and field named alike with a number at its end.
 */
export type ContractSetup = {
  /** In the names of the tests. */
  name: string;
  tracker: Tracker;
  start(size: SandboxSize): Promise<ContractSandbox>;
  /** The official descriptions that the sandbox checks against, in FAULTLINE_SPECS. */
  specs: readonly string[];
  project: string;
  /** Shaped like keys, but of nothing that is there. */
  absent: { project: string; ref: string };
  /** Labels that exist in the project, or any that may be set. */
  labels?: readonly [string, string, string];
  /** What is created, where there are types; any that is not a subtask by default. */
  typeName?: string;
  /** Tells the creating call from all others: its method, a regular expression for its path, and its usual status. */
  createCall: { method: string; path: string; status: number };
  /** An official refusal of a title: what the tracker answers, so that the field gets a message. */
  titleRefusal: { status: number; body: unknown };
  /** The call that ordinary failures are tried on; the probe by default. */
  reading?(tracker: OpenTracker, address: IssueAddress): Promise<unknown>;
  /** What forms that an admin can extend are called, where there are such: the type with `extraFields`. */
  largeForm?: { project: string; typeName: string };
  /** Puts an issue into a state that no documentation names, and tells which. */
  oddState?(sandbox: ContractSandbox): Promise<{ ref: string; state: string }>;
  /** Puts a required field of a kind that nobody knows on a form, and tells its id. */
  oddField?(sandbox: ContractSandbox): Promise<{ typeName: string | null; fieldId: string }>;
};

export type SandboxSize = { extraProjects?: number; extraUsers?: number; extraFields?: number };

export type SandboxCredential = { readonly authType: string; readonly values: Readonly<Record<string, string>> };

/** A tracker of one's own, with what its tests need. */
export type ContractSandbox = Pick<
  Front,
  "url" | "faults" | "rateLimit" | "lag" | "calls" | "violations" | "exercised" | "reset" | "close"
> & {
  /** What an admin types as the location. */
  apiUrl: string;
  credentials: {
    write: SandboxCredential;
    readOnly?: SandboxCredential;
    noScope?: SandboxCredential;
  };
  issues(projectKey: string): Promise<readonly SandboxIssue[]>;
  snapshot(): unknown;
  restore(snapshot: unknown): unknown;
};

/** An issue as it really is. */
export type SandboxIssue = {
  ref: string;
  title: string;
  body: string | null;
  labels: readonly string[];
  state: string;
  url: string;
};

/** Registers the whole suite for one tracker. */
export function trackerContract(setup: ContractSetup): void {
  describe(setup.name, () => {
    const context = createContext(setup);
    beforeAll(() => context.begin());
    beforeEach(() => context.refresh());
    // Whatever a test did, each exchange has to fit the tracker's own description.
    afterEach(() => expect(context.sandbox().violations() ?? []).toEqual([]));
    afterAll(async () => {
      const exercised = [...context.sandbox().exercised()].sort();
      process.stdout.write(`${setup.name}: ${exercised.length} operations exercised\n  ${exercised.join("\n  ")}\n`);
      await context.end();
    });

    it("[K9] every exchange is checked against the official description", async () => {
      for (const file of setup.specs) specsDir(file);
      await context.read();
      expect(context.sandbox().violations()).toEqual([]);
      expect(context.sandbox().exercised().length).toBeGreaterThan(0);
    });

    it("[K9] a snapshot of the sandbox brings back what was there", async () => {
      const sandbox = context.sandbox();
      const before = await sandbox.issues(setup.project);
      const snapshot = await sandbox.snapshot();
      await context.open().createIssue?.(await context.input());
      await sandbox.restore(snapshot);
      expect(await sandbox.issues(setup.project)).toEqual(before);
    });

    for (const part of [connection, failures, creation, lists, changes, searches, comments, files, webhooks]) {
      part(context);
    }
  });
}
