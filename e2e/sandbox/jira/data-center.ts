import { z } from "zod";
import type { Exchange } from "../validate";
import { adminWebhooks, newerWebhooks } from "./api/admin-webhooks";
import { dcCatalog, screenRoutes } from "./api/catalog";
import { commentRoutes } from "./api/comments";
import { dcCreateMeta, oldCreateMeta } from "./api/create-meta";
import { dcContent, fileRoutes } from "./api/files";
import { issueRoutes } from "./api/issues";
import { linkRoutes } from "./api/links";
import { dcProjects } from "./api/projects";
import { propertyRoutes } from "./api/properties";
import { dcSearchRoutes } from "./api/search";
import { siteRoutes } from "./api/site";
import { dcUsers } from "./api/users";
import { drawSecret, type Grant, type SandboxCredential } from "./auth";
import type { Routes } from "./call";
import { JiraChecker, type Uncovered, unassigned } from "./checker";
import { type JiraOptions, startJira } from "./engine";
import { dataCenter } from "./face";

const common: Routes = {
  ...siteRoutes,
  ...dcProjects,
  ...dcCatalog,
  ...issueRoutes,
  ...dcSearchRoutes,
  ...commentRoutes,
  ...fileRoutes,
  ...linkRoutes,
  ...propertyRoutes,
  ...dcUsers,
};

/** What the description of 10.3 leaves out. */
const uncovered: Uncovered[] = [
  { path: /^\/api\/2\/issue\/createmeta$/, why: "all forms at once: removed in 9.0, the only way before 8.4" },
  { path: /^\/webhooks\/1\.0\/webhook(\/|$)/, why: "webhooks of administrators; described in prose only" },
  { path: /^\/jira-webhook\/1\.0\/webhooks(\/|$)/, why: "the same since 10.0; described in prose only" },
  { path: /^\/agile\/1\.0\/board(\/|$)/, why: "boards and sprints are Jira Software's, which has its own description" },
  { path: /^\/api\/1\.0\/labels\/suggest$/, why: "the address that a form names for the labels field" },
  { path: /^\/jira\/secure\/attachment\//, why: "where the content of a file is; a page's address, not the API's" },
];

const property = z.object({ key: z.string(), value: z.unknown() }).strict();

/** The values of properties as text, wherever they stand. */
function asText(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(asText);
  const one = property.safeParse(body);
  if (one.success) return { key: one.data.key, value: JSON.stringify(one.data.value) };
  if (typeof body !== "object" || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, asText(value)]));
}

/** Where the official text is known to be wrong, what it means. */
function mend(exchange: Exchange): Exchange {
  const { path, method, status, responseBody, requestBody } = exchange;
  // One attachment where the answer lists them.
  if (/\/attachments$/.test(path) && Array.isArray(responseBody)) return { ...exchange, responseBody: responseBody[0] };
  // "string" for the value of a property, which is any JSON.
  const mended = { ...exchange, requestBody: asText(unassigned(exchange)), responseBody: asText(responseBody) };
  if (/\/properties\/[^/]+$/.test(path) && method === "PUT") {
    return { ...mended, requestBody: JSON.stringify(requestBody) };
  }
  // One link is an object, only all of them are a list.
  if (/\/remotelink$/.test(path) && method === "GET" && status === 200 && !Array.isArray(responseBody)) {
    return { ...exchange, responseBody: [responseBody] };
  }
  return mended;
}

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
    ? new JiraChecker(options.specFile, {
        prefix: /^\/jira\/rest(?=\/)/,
        uncovered,
        mend,
        prose: /\/transitions\?expand$/,
      })
    : null;
  const jira = await startJira(options, {
    ...{ face: dataCenter(`${version}.24`), contextPath: "/jira", cloudId: "", basicIsOff: version.startsWith("11") },
    grants: Object.values(grants),
    ...{ checker, clientSecret: "" },
    routes: { ...common, ...(isOld ? oldCreateMeta : dcCreateMeta) },
    otherRoutes: { ...adminWebhooks, ...(isOld ? {} : newerWebhooks), ...screenRoutes, ...dcContent },
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
