import { startAzureDevops } from "./azure-devops/server";
import { startGitlab } from "./gitlab/server";
import { startJiraCloud, startJiraDc } from "./jira/server";
import { type Sandbox, startSandbox } from "./sandbox";

/** A local tracker as the demo connects it: where it is, as whom, and in which of its projects issues are filed. */
export type DemoTracker = {
  provider: string;
  name: string;
  /** Where people see it. */
  url: string;
  /** What an administrator types. */
  location: string;
  credential: { authType: string; values: Record<string, string> };
  projects: string[];
};

/** Every local tracker, each on an address of its own. GitHub stands apart: it is the one that most tests turn the dials of. */
export async function startAll(): Promise<{
  sandbox: Sandbox;
  trackers: DemoTracker[];
  allow: string[];
  close(): Promise<void>;
}> {
  const sandbox = await startSandbox({ preferredPort: 4010, validate: false });
  const [gitlab, cloud, dc, azure] = await Promise.all([
    startGitlab({ preferredPort: 4011 }),
    startJiraCloud({ preferredPort: 4012 }),
    startJiraDc({ preferredPort: 4013 }),
    startAzureDevops({ preferredPort: 4014 }),
  ]);
  const of = (
    tracker: { url: string; apiUrl: string; credentials: { write: DemoTracker["credential"] } },
    more: Pick<DemoTracker, "provider" | "name" | "projects">,
  ): DemoTracker => ({ ...more, url: tracker.url, location: tracker.apiUrl, credential: tracker.credentials.write });
  const trackers = [
    of(cloud, { provider: "jira-cloud", name: "Acme Jira", projects: ["PAY", "OPS"] }),
    of(gitlab, { provider: "gitlab", name: "Acme GitLab", projects: ["acme/web/checkout", "acme/payments"] }),
    of(azure, { provider: "azure-devops", name: "Acme Azure DevOps", projects: ["Webshop", "Back Office"] }),
    of(dc, { provider: "jira-dc", name: "Acme Jira, own server", projects: ["PAY"] }),
    {
      provider: "simple-url",
      name: "Old bug list",
      url: sandbox.github.url,
      location: `${sandbox.github.url}/acme/legacy/issues/{issueId}`,
      credential: { authType: "none", values: {} },
      projects: [],
    },
  ];
  return {
    sandbox,
    trackers,
    allow: [sandbox.github.url, ...trackers.map(({ url }) => url)].map((url) => new URL(url).host),
    async close() {
      await Promise.all([sandbox, gitlab, cloud, dc, azure].map((one) => one.close()));
    },
  };
}
