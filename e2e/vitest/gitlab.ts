import { afterAll, afterEach, expect } from "vitest";
import { startGitlab } from "@/e2e/sandbox/gitlab/server";
import { specFileOf } from "@/e2e/sandbox/spec-files";

/** The local GitLab of one test file. To be imported before anything of the product, as sorted imports do. */
export const gitlab = await startGitlab({ specFile: specFileOf("gitlab-v4.json") });
process.env.FAULTLINE_ALLOW_PRIVATE_NETWORKS = new URL(gitlab.url).host;

afterEach(() => expect(gitlab.violations() ?? []).toEqual([]));
afterAll(() => gitlab.close());
