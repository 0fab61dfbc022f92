import { z } from "zod";
import type { Answer } from "../faults";
import { type Front, type FrontRequest, json, startFront, type Worked } from "../front";
import { Doorkeeper, type Grant, gateway401, scopeOf } from "./auth";
import type { Routes, World } from "./call";
import type { JiraChecker } from "./checker";
import type { Face } from "./face";
import type { State } from "./model";
import { sitePage } from "./pages/site";
import { RateLimit } from "./rate";
import { router } from "./router";
import { type SeedOptions, seed } from "./seed/seed";
import { move, type TrueIssue, trueIssue } from "./truth";
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
    if (!isReadable(request)) return answered(unsupported(), login);
    const isApi = path.startsWith(`${face.api}/`);
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

/** Jira reads JSON, and files as a form. */
function isReadable({ method, headers, bytes }: FrontRequest): boolean {
  const type = headers["content-type"] ?? "";
  return method === "GET" || bytes.length === 0 || /^(application\/json|multipart\/form-data)\b/.test(type);
}

const unsupported = (): Answer => json({ errorMessages: ["Unsupported Media Type"], errors: {} }, 415);

const notFound = (): Answer => ({
  status: 404,
  headers: { "content-type": "text/html;charset=UTF-8" },
  body: "<!doctype html><title>Oops, you've found a dead link.</title>",
});
