import { dcCreateMeta, oldCreateMeta } from "./api/create-meta";
import { issueRoutes } from "./api/issues";
import { dcProjects } from "./api/projects";
import { dcSearchRoutes } from "./api/search";
import { siteRoutes } from "./api/site";
import { drawSecret, type Grant, type SandboxCredential } from "./auth";
import type { Routes } from "./call";
import { JiraChecker, type Uncovered } from "./checker";
import { type JiraOptions, startJira } from "./engine";
import { dataCenter } from "./face";

const common: Routes = { ...siteRoutes, ...dcProjects, ...issueRoutes, ...dcSearchRoutes };

/** What the description of 10.3 leaves out. */
const uncovered: Uncovered[] = [
  { path: /^\/api\/2\/issue\/createmeta$/, why: "all forms at once: removed in 9.0, the only way before 8.4" },
];

export type JiraDcOptions = JiraOptions & {
  specFile?: string | null;
  /** "8.20" has the old create metadata only; 11 has Basic switched off. */
  version?: "8.20" | "10.3" | "11.1";
};

/** A Jira Data Center of one's own, below the context path /jira. */
export async function startJiraDc(options: JiraDcOptions = {}) {
  const version = options.version ?? "10.3";
  const grant = (name: string, account: string, more: Partial<Grant> = {}): Grant => ({
    ...{ name, kind: "bearer", user: null, secret: drawSecret(""), account },
    ...{ scopes: null, through: "site", isApp: false, expired: false },
    ...more,
  });
  const grants = {
    write: grant("write", "qa-bot"),
    password: grant("password", "qa-bot", { kind: "basic", user: "qa-bot" }),
    admin: grant("admin", "site-admin"),
    readOnly: grant("readOnly", "auditor"),
    /** An account that sees no project. */
    noScope: grant("noScope", "visitor"),
  };
  const isOld = version === "8.20";
  const checker = options.specFile
    ? new JiraChecker(options.specFile, { prefix: /^\/jira\/rest(?=\/)/, uncovered, mend: (one) => one })
    : null;
  const jira = await startJira(options, {
    ...{ face: dataCenter(`${version}.24`), contextPath: "/jira", cloudId: "", basicIsOff: version.startsWith("11") },
    grants: Object.values(grants),
    checker,
    routes: { ...common, ...(isOld ? oldCreateMeta : dcCreateMeta) },
    otherRoutes: {},
  });
  const values = ({ user, secret, kind }: Grant): SandboxCredential =>
    kind === "basic"
      ? { authType: "basic", values: { username: user ?? "", password: secret } }
      : { authType: "pat", values: { token: secret } };
  return {
    ...jira,
    /** What an admin types. */
    apiUrl: jira.url,
    credentials: {
      write: values(grants.write),
      password: values(grants.password),
      admin: values(grants.admin),
      readOnly: values(grants.readOnly),
      noScope: values(grants.noScope),
    },
    uncovered,
  };
}
