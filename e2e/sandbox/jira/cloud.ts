import { randomUUID } from "node:crypto";
import { json } from "../front";
import type { Exchange } from "../validate";
import { prepareAdf } from "./adf";
import { adminWebhooks } from "./api/admin-webhooks";
import { cloudCatalog, screenRoutes } from "./api/catalog";
import { cloudComments } from "./api/comments";
import { cloudCreateMeta } from "./api/create-meta";
import { cloudFiles } from "./api/files";
import { cloudIssues } from "./api/issues";
import { linkRoutes } from "./api/links";
import { cloudProjects } from "./api/projects";
import { propertyRoutes } from "./api/properties";
import { cloudSearchRoutes } from "./api/search";
import { siteRoutes } from "./api/site";
import { cloudUsers } from "./api/users";
import { dynamicWebhooks } from "./api/webhooks";
import { drawSecret, type Grant, type SandboxCredential } from "./auth";
import type { Routes } from "./call";
import { JiraChecker, type Uncovered, unassigned } from "./checker";
import { type JiraOptions, startJira } from "./engine";
import { cloud } from "./face";

const allScopes = ["read:jira-work", "write:jira-work", "read:jira-user", "manage:jira-webhook"];

const routes: Routes = {
  ...siteRoutes,
  ...cloudProjects,
  ...cloudCreateMeta,
  ...cloudCatalog,
  ...cloudIssues,
  ...cloudSearchRoutes,
  ...cloudComments,
  ...cloudFiles,
  ...linkRoutes,
  ...propertyRoutes,
  ...cloudUsers,
  ...dynamicWebhooks,
};
const otherRoutes: Routes = {
  "GET /_edge/tenant_info": ({ cloudId }) => json({ cloudId }),
  ...adminWebhooks,
  ...screenRoutes,
};

/** What the platform's description leaves out. */
const uncovered: Uncovered[] = [
  { path: /^\/rest\/api\/3\/users\/search$/, why: "all users; named by the description of /user/assignable/search" },
  { path: /^\/_edge\/tenant_info$/, why: "how a site tells its cloud id; described in prose only" },
  { path: /^\/rest\/webhooks\/1\.0\/webhook(\/|$)/, why: "webhooks of administrators; described in prose only" },
  {
    path: /^\/rest\/agile\/1\.0\/board(\/|$)/,
    why: "boards and sprints are Jira Software's, which has its own description",
  },
  { path: /^\/rest\/api\/1\.0\/labels\/suggest$/, why: "the address that a form names for the labels field" },
];

/** The gateway refuses in a shape of its own, before Jira sees the call. */
function mend(exchange: Exchange): Exchange {
  const isOfGateway = exchange.status === 401 && /^\/ex\/jira\//.test(exchange.path);
  if (isOfGateway) return { ...exchange, responseBody: {} };
  return { ...exchange, requestBody: unassigned(exchange) };
}

export type JiraCloudOptions = JiraOptions & { specFile?: string | null };

/** A Jira Cloud of one's own: site and gateway on one server. */
export async function startJiraCloud(options: JiraCloudOptions = {}) {
  prepareAdf();
  const cloudId = randomUUID();
  const grant = (name: string, account: string, more: Partial<Grant> = {}): Grant => ({
    ...{ name, kind: "basic", user: `${account}@acme.example`, secret: drawSecret("ATATT3x"), account },
    ...{ scopes: null, through: "site", isApp: false, expired: false },
    ...more,
  });
  const clientSecret = drawSecret("ATOA");
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
    ? new JiraChecker(options.specFile, { prefix: /^\/ex\/jira\/[^/]+(?=\/)/, uncovered, mend })
    : null;
  const jira = await startJira(options, {
    ...{ face: cloud, contextPath: "", cloudId, basicIsOff: false, grants: Object.values(grants) },
    ...{ checker, routes, otherRoutes, clientSecret },
  });
  const values = ({ user, secret, kind, through }: Grant): SandboxCredential =>
    kind === "bearer"
      ? { authType: "oauth", values: { token: secret } }
      : {
          authType: through === "gateway" ? "scoped_token" : "api_token",
          values: { email: user ?? "", token: secret },
        };
  return {
    ...jira,
    cloudId,
    /** What an admin types. */
    apiUrl: jira.url,
    /** Of the app whose token "oauth" is: signs its webhooks. */
    clientSecret,
    /** Where the gateway is: in the place of https://api.atlassian.com. */
    gateway: jira.origin,
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
