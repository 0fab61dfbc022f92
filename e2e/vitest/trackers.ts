import { afterAll, afterEach, expect } from "vitest";
import { specNames as azureSpecs, startAzureDevops } from "@/e2e/sandbox/azure-devops/server";
import { startGithub } from "@/e2e/sandbox/github/server";
import { startGitlab } from "@/e2e/sandbox/gitlab/server";
import { startJiraCloud, startJiraDc } from "@/e2e/sandbox/jira/server";
import { specFileOf } from "@/e2e/sandbox/spec-files";

/** All local trackers of one test file, a call each. To be imported before anything of the product, as sorted imports do. */
const [github, gitlab, cloud, dc, azure] = await Promise.all([
  startGithub({ specFile: specFileOf("github-rest.json") }),
  startGitlab({ specFile: specFileOf("gitlab-v4.json") }),
  startJiraCloud({ specFile: specFileOf("jira-cloud-v3.json") }),
  startJiraDc({ specFile: specFileOf("jira-dc-10.3.json") }),
  startAzureDevops({ specFiles: azureSpecs.flatMap((name) => specFileOf(name) ?? []) }),
]);
const all = [github, gitlab, cloud, dc, azure];
process.env.FAULTLINE_ALLOW_PRIVATE_NETWORKS = all.map(({ url }) => new URL(url).host).join(",");

afterEach(() => expect(all.flatMap((one) => one.violations() ?? [])).toEqual([]));
afterAll(() => Promise.all(all.map((one) => one.close())));

export { azure, cloud, dc, github, gitlab };
