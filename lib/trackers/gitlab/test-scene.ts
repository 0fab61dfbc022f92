import { afterAll, afterEach, beforeEach, expect } from "vitest";
import { startGitlab } from "@/e2e/sandbox/gitlab/server";
import { specFileOf } from "@/e2e/sandbox/spec-files";
import { createTransport } from "@/lib/http/transport";
import { siteOf } from "@/lib/trackers/testing";
import type { CreateIssueInput, SetField } from "@/lib/trackers/tracker";
import { gitlab } from ".";

type Sandbox = Awaited<ReturnType<typeof startGitlab>>;

/** The GitLab of one test file, seeded anew for each test. */
export const sandbox: Sandbox = await startGitlab({ specFile: specFileOf("gitlab-v4.json") });

export function openAs(name: keyof Sandbox["tokens"], on = sandbox) {
  const { fetch } = createTransport({ policy: { allowPrivate: [new URL(on.url).host] }, runId: "run" });
  return gitlab.open({ ...siteOf(gitlab.baseUrlOf(on.apiUrl), on.tokens[name]), fetch });
}
export const open = () => openAs("write");

// The seed gives the same numbers each time.
export const checkout = await open().getProject({ key: "acme/web/checkout" });
export const payments = await open().getProject({ key: "acme/payments" });

let markers = 0;
export function issueInput(more: Partial<CreateIssueInput> = {}): CreateIssueInput {
  const marker = `0192-${process.pid}-${markers++}`;
  const plain = { title: "Payment fails", body: "It fails.", labels: [], typeId: null, textField: null, fields: [] };
  return { project: checkout, marker, ...plain, ...more };
}

export const writes = () => sandbox.calls().filter(({ method }) => method !== "GET");

export const field = (id: string, value: SetField["value"], more: Partial<SetField> = {}): SetField => ({
  ...{ id, name: id, kind: "text", role: null, wire: null, value },
  ...more,
});

beforeEach(() => sandbox.reset());
// Whatever a test did, each exchange has to fit the official description.
afterEach(() => expect(sandbox.violations() ?? []).toEqual([]));
afterAll(() => sandbox.close());
