import { z } from "zod";
import type { Answer } from "../faults";
import { type Front, type FrontRequest, json, startFront, type Worked } from "../front";
import { Doorkeeper, type Grant, gateway401, scopeOf } from "./auth";
import type { Routes, World } from "./call";
import type { JiraChecker } from "./checker";
import type { Face } from "./face";
import type { Issue, State } from "./model";
import { sitePage } from "./pages/site";
import { RateLimit } from "./rate";
import { router } from "./router";
import { type SeedOptions, seed } from "./seed/seed";
import { Deliverer } from "./webhooks/deliver";

export type JiraOptions = SeedOptions & {
  /** Taken when it is free; any free one by default. */
  preferredPort?: number | undefined;
  /** The largest file, in bytes. */
  uploadLimitBytes?: number;
  /** The longest text, as administrators of Data Center set it. */
  textLimitChars?: number;
  /** How long a delivery waits before it is tried again. */
  webhookRetryMs?: number;
};

const moveInput = z.object({ issue: z.string(), project: z.string() });
const releaseInput = z.object({ how: z.enum(["in order", "reversed", "doubled"]).default("in order") });

type Parts = {
  face: Face;
  /** Below the origin: "/jira". */
  contextPath: string;
  cloudId: string;
  basicIsOff: boolean;
  grants: Grant[];
  clientSecret: string;
  checker: JiraChecker | null;
  /** Below `face.api`. */
  routes: Routes;
  /** Below the context path: what is no part of the API's root. */
  otherRoutes: Routes;
};

/** What is really there, past every fault. */
export type TrueIssue = {
  id: string;
  ref: string;
  url: string;
  title: string;
  /** The text alone, as people read it. */
  body: string;
  labels: string[];
  state: string;
  type: string;
  fields: Record<string, unknown>;
  properties: Record<string, unknown>;
  links: Issue["links"];
  files: { name: string; size: number; bytes: Uint8Array }[];
  comments: { id: string; body: string }[];
};

/** A Jira behind the front that all sandbox trackers have. */
export async function startJira(options: JiraOptions, parts: Parts) {
  const { face, contextPath, cloudId, grants, checker } = parts;
  const gatewayPath = `/ex/jira/${cloudId}`;
  const fresh = () => seed(options, face.fromText);
  const rateLimit = new RateLimit(face.isCloud);
  const inApi = router(parts.routes);
  const beside = router(parts.otherRoutes);
  let world: World | null = null;
  const here = (): World => {
    if (!world) throw new Error("The sandbox has not started.");
    return world;
  };
  const deliverer = new Deliverer(here, parts.clientSecret, options.webhookRetryMs ?? 200);
  const doorkeeper = new Doorkeeper(grants, {
    isCloud: face.isCloud,
    basicIsOff: parts.basicIsOff,
    baseUrl: () => here().baseUrl,
  });

  async function work(request: FrontRequest): Promise<Worked> {
    const { url, method } = request;
    const isGateway = face.isCloud && url.pathname.startsWith("/ex/jira/");
    const through = isGateway ? "gateway" : "site";
    const root = isGateway ? gatewayPath : contextPath;
    const answered = (answer: Answer, login: string | null): Worked => ({
      ...answer,
      headers: { ...answer.headers, "x-arequestid": crypto.randomUUID(), ...rateLimit.headers() },
      login,
    });
    if (!url.pathname.startsWith(`${root}/`)) return answered(notFound(), null);
    const path = url.pathname.slice(root.length);

    const identified = doorkeeper.identify(request, through);
    if ("refused" in identified) return answered(identified.refused, null);
    const { grant } = identified;
    const login = grant?.account ?? null;
    if (isGateway && !grant) return answered(gateway401("Unauthorized"), null);
    const spent = rateLimit.spend();
    if (spent) return answered(spent, login);
    if (isGateway && grant?.scopes && !grant.scopes.includes(scopeOf(method, path))) {
      return answered(gateway401("Unauthorized; scope does not match"), login);
    }

    checker?.checkQuery(method, url.pathname, url.searchParams);
    const account = here().state.accounts.find(({ name }) => name === grant?.account) ?? null;
    const { body } = request;
    const apiRoot = url.origin + root;
    const call = { ...here(), apiRoot, account, grant, request, body, query: url.searchParams };
    if (!account && method !== "GET") {
      return answered(json({ errorMessages: ["You do not have the necessary permission."], errors: {} }, 401), null);
    }
    const isApi = path.startsWith(`${face.api}/`);
    // "latest" is another name for the newest version of the API; nobody who means a version should use it.
    const answer = await (isApi ? inApi(call, path.slice(face.api.length)) : beside(call, path));
    return answered(answer ?? notFound(), login);
  }

  const front: Front = await startFront({
    preferredPort: options.preferredPort,
    checker,
    start({ url, lag }) {
      world = {
        face,
        state: fresh(),
        baseUrl: url + contextPath,
        apiRoot: url + contextPath,
        cloudId,
        lag,
        uploadLimitBytes: options.uploadLimitBytes ?? 10 * 1_024 * 1_024,
        textLimitChars: options.textLimitChars ?? 32_767,
        tell: (happening) => deliverer.tell(happening),
      };
      return {
        rateLimit,
        work,
        page: (request) => sitePage(here(), contextPath, request),
        dials: {
          "POST /expire": (input) => doorkeeper.expire(String(input)),
          "POST /move": (input) => {
            const { issue, project } = moveInput.parse(input);
            return { key: move(here(), issue, project) };
          },
          "GET /webhooks": () => deliverer.deliveries,
          "POST /webhooks/hold": () => deliverer.hold(),
          "POST /webhooks/release": (input) => deliverer.release(releaseInput.parse(input).how),
          "POST /snapshot": () => {
            saved = snapshot();
          },
          "POST /restore": () => restore(saved),
        },
        reset() {
          here().state = fresh();
          doorkeeper.reset();
          deliverer.clear();
        },
      };
    },
  });

  const snapshot = (): State => structuredClone(here().state);
  const restore = (from: State) => {
    here().state = structuredClone(from);
  };
  let saved = snapshot();

  return {
    ...front,
    /** Where people go, with the context path. */
    url: here().baseUrl,
    /** For FAULTLINE_ALLOW_PRIVATE_NETWORKS. */
    allow: [new URL(front.url).host],
    origin: front.url,
    world: here(),
    expire: (name: string) => doorkeeper.expire(name),
    snapshot,
    restore: (from: unknown) => restore(from as State), // only what `snapshot` gave
    /** What webhooks have sent; `hold` and `release` send them late, in another order, or twice. */
    webhooks: deliverer,
    /** Gives an issue another project and key; its old key goes on leading to it. */
    move: (ref: string, projectKey: string) => move(here(), ref, projectKey),
    async issues(projectKey: string): Promise<TrueIssue[]> {
      const { state } = here();
      const project = state.projects.find(({ key }) => key === projectKey);
      if (!project) throw new Error(`There is no project ${projectKey}.`);
      return state.issues.filter(({ projectId }) => projectId === project.id).map((issue) => trueIssue(here(), issue));
    },
  };
}

function move({ state }: World, ref: string, projectKey: string): string {
  const issue = state.issues.find(({ key }) => key === ref);
  const project = state.projects.find(({ key }) => key === projectKey);
  if (!issue || !project) throw new Error(`There is no ${ref} or no ${projectKey}.`);
  project.lastIssue += 1;
  issue.oldKeys.push(issue.key);
  issue.key = `${project.key}-${project.lastIssue}`;
  issue.projectId = project.id;
  issue.updatedMs = Math.max(Date.now(), issue.updatedMs + 1);
  return issue.key;
}

function trueIssue(world: World, issue: Issue): TrueIssue {
  const { face, state, baseUrl } = world;
  return {
    id: issue.id,
    ref: issue.key,
    url: `${baseUrl}/browse/${issue.key}`,
    title: String(issue.values.summary),
    body: face.plainText(issue.values.description),
    labels: Array.isArray(issue.values.labels) ? issue.values.labels.map(String) : [],
    state: state.statuses.find(({ id }) => id === issue.statusId)?.name ?? "",
    type: state.types.find(({ id }) => id === issue.typeId)?.name ?? "",
    fields: issue.values,
    properties: issue.properties,
    links: issue.links,
    files: issue.files.map(({ name, bytes }) => ({ name, size: bytes.byteLength, bytes })),
    comments: issue.comments.map(({ id, body }) => ({ id, body: face.plainText(body) })),
  };
}

const notFound = (): Answer => ({
  status: 404,
  headers: { "content-type": "text/html;charset=UTF-8" },
  body: "<!doctype html><title>Oops, you've found a dead link.</title>",
});
