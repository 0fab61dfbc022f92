import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { specFileOf } from "../spec-files";
import type { SandboxCredential } from "./auth";
import { startJiraCloud, startJiraDc } from "./server";

/** A client that knows nothing of ours: what an answer is, as it came. */
export function clientOf(baseUrl: string, authorization: string | null) {
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const isForm = body instanceof FormData || body instanceof URLSearchParams;
    const answer = await fetch(baseUrl + path, {
      method,
      redirect: "manual",
      headers: {
        ...(authorization && { authorization }),
        ...(body !== undefined && !isForm && { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? null : isForm ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.includes("json") ?? false;
    return { status: answer.status, headers: answer.headers, data: isJson && text ? JSON.parse(text) : text };
  };
}

export const basic = (user: string, secret: string) => `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}`;

/** The header that a sandbox credential makes. */
export function authorizationOf({ authType, values }: SandboxCredential): string {
  if (authType === "api_token" || authType === "scoped_token") return basic(values.email ?? "", values.token ?? "");
  if (authType === "basic") return basic(values.username ?? "", values.password ?? "");
  return `Bearer ${values.token}`;
}

/** A body in the Atlassian Document Format. */
export const adf = (text: string) => ({
  type: "doc",
  version: 1,
  content: [{ type: "paragraph", content: [{ type: "text", text }] }],
});

export const faces = ["cloud", "dc"] as const;
type Cloud = Awaited<ReturnType<typeof startJiraCloud>>;
type Dc = Awaited<ReturnType<typeof startJiraDc>>;

/** One of the two, started once for a file and seeded anew for each test, whose exchanges all have to fit the description. */
export function useJira(face: (typeof faces)[number], options: Parameters<typeof startJiraDc>[0] = {}) {
  let jira: Cloud | Dc;
  const isCloud = face === "cloud";
  beforeAll(async () => {
    jira = isCloud
      ? await startJiraCloud({ ...options, specFile: specFileOf("jira-cloud-v3.json") })
      : await startJiraDc({ ...options, specFile: specFileOf("jira-dc-10.3.json") });
  });
  beforeEach(() => jira.reset());
  afterEach(() => expect(jira.violations() ?? []).toEqual([]));
  afterAll(() => jira.close());
  const api = isCloud ? "/rest/api/3" : "/rest/api/2";
  const client = (name: "write" | "admin" | "readOnly", path = api) =>
    clientOf(jira.url + path, authorizationOf(jira.credentials[name]));
  type Send = ReturnType<typeof clientOf>;
  return {
    isCloud,
    api,
    jira: () => jira,
    send: (...call: Parameters<Send>) => client("write")(...call),
    asAdmin: (...call: Parameters<Send>) => client("admin")(...call),
    asReader: (...call: Parameters<Send>) => client("readOnly")(...call),
    /** At the site, beside the API. */
    atSite: (...call: Parameters<Send>) => client("admin", "")(...call),
    anonymous: (...call: Parameters<Send>) => clientOf(jira.url + api, null)(...call),
    text: (text: string): unknown => (isCloud ? adf(text) : text),
    /** An account as requests name it. */
    user(name: string): Record<string, string> {
      const found = jira.world.state.accounts.find((account) => account.name === name);
      return isCloud ? { accountId: found?.accountId ?? "" } : { name: found?.name ?? "" };
    },
  };
}

export type Used = ReturnType<typeof useJira>;

/** The least that a bug needs in PAY. */
export const bugFields = (use: Used) => ({
  project: { key: "PAY" },
  issuetype: { name: "Bug" },
  summary: "It fails",
  customfield_10040: { id: "10101" },
  customfield_10041: use.user("qa-lead"),
  customfield_10042: "2026-11-20",
});

export async function createTask(use: Used, more: Record<string, unknown> = {}) {
  const fields = { project: { key: "PAY" }, issuetype: { name: "Task" }, summary: "Something to do", ...more };
  const { status, data } = await use.send("POST", "/issue", { fields });
  expect([status, data.errors]).toEqual([201, undefined]);
  return String(data.key);
}
