import { afterAll, afterEach, expect } from "vitest";
import { startJiraCloud } from "@/e2e/sandbox/jira/server";
import { specFileOf } from "@/e2e/sandbox/spec-files";

/** The local Jira of one test file. To be imported before anything of the product, as sorted imports do. */
export const jira = await startJiraCloud({ specFile: specFileOf("jira-cloud-v3.json") });
process.env.FAULTLINE_ALLOW_PRIVATE_NETWORKS = new URL(jira.url).host;

afterEach(() => expect(jira.violations() ?? []).toEqual([]));
afterAll(() => jira.close());
