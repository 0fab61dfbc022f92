import { randomUUID } from "node:crypto";
import { json } from "../front";
import { cloudCreateMeta } from "./api/create-meta";
import { issueRoutes } from "./api/issues";
import { cloudProjects } from "./api/projects";
import { cloudSearchRoutes } from "./api/search";
import { siteRoutes } from "./api/site";
import { drawSecret, type Grant, type SandboxCredential } from "./auth";
import type { Routes } from "./call";
import { JiraChecker, type Uncovered } from "./checker";
import { type JiraOptions, startJira } from "./engine";
import { cloud } from "./face";

const allScopes = ["read:jira-work", "write:jira-work", "read:jira-user", "manage:jira-webhook"];

const routes: Routes = { ...siteRoutes, ...cloudProjects, ...cloudCreateMeta, ...issueRoutes, ...cloudSearchRoutes };
const otherRoutes: Routes = {
  "GET /_edge/tenant_info": ({ cloudId }) => json({ cloudId }),
};

/** What the platform's description leaves out. */
const uncovered: Uncovered[] = [
  { path: /^\/_edge\/tenant_info$/, why: "how a site tells its cloud id; described in prose only" },
];

export type JiraCloudOptions = JiraOptions & { specFile?: string | null };

/** A Jira Cloud of one's own: site and gateway on one server. */
export async function startJiraCloud(options: JiraCloudOptions = {}) {
  const cloudId = randomUUID();
  const grant = (name: string, account: string, more: Partial<Grant> = {}): Grant => ({
    ...{ name, kind: "basic", user: `${account}@acme.example`, secret: drawSecret("ATATT3x"), account },
    ...{ scopes: null, through: "site", isApp: false, expired: false },
    ...more,
  });
  const gateway = { through: "gateway", scopes: allScopes } as const;
  const grants = {
    write: grant("write", "qa-bot"),
    admin: grant("admin", "site-admin"),
    readOnly: grant("readOnly", "auditor"),
    scoped: grant("scoped", "qa-bot", gateway),
    noScope: grant("noScope", "qa-bot", { ...gateway, scopes: ["read:jira-work"] }),
    oauth: grant("oauth", "qa-bot", { ...gateway, kind: "bearer", user: null, isApp: true }),
  };
  const checker = options.specFile
    ? new JiraChecker(options.specFile, { prefix: /^\/ex\/jira\/[^/]+(?=\/)/, uncovered, mend: (one) => one })
    : null;
  const jira = await startJira(options, {
    ...{ face: cloud, contextPath: "", cloudId, basicIsOff: false, grants: Object.values(grants) },
    ...{ checker, routes, otherRoutes },
  });
  const values = ({ user, secret, kind }: Grant): SandboxCredential =>
    kind === "basic"
      ? { authType: "api_token", values: { email: user ?? "", token: secret } }
      : { authType: "oauth", values: { token: secret } };
  return {
    ...jira,
    cloudId,
    /** What an admin types. */
    apiUrl: jira.url,
    gatewayUrl: `${jira.origin}/ex/jira/${cloudId}`,
    credentials: {
      write: values(grants.write),
      admin: values(grants.admin),
      readOnly: values(grants.readOnly),
      scoped: values(grants.scoped),
      noScope: values(grants.noScope),
      oauth: values(grants.oauth),
    },
    uncovered,
  };
}
