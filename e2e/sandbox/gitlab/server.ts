import { z } from "zod";
import { startFront } from "../front";
import { IndexLag } from "../index-lag";
import { answerApi } from "./api";
import { GitlabChecker } from "./checker";
import { entities } from "./entities";
import { Deliveries } from "./hooks";
import { createIssue, updateIssue } from "./issues";
import { answerNotes } from "./notes";
import { RateLimit } from "./rate-limit";
import { drawTokens, identitiesOf, seed, type Tokens } from "./seed";
import { sitePage } from "./site";
import { get, nextId, nowText, type Project, type State } from "./state";
import { addSystemNote, type Work } from "./work";

export type GitlabSandboxOptions = {
  /** Taken when it is free; another one otherwise. */
  preferredPort?: number;
  tokens?: Tokens;
  /** Projects and members beyond the seeded ones, for lists of several pages. */
  extraProjects?: number;
  extraUsers?: number;
  /** The official description; without it nothing is checked. */
  specFile?: string | null;
  /** A path of the instance's own: "/gitlab". */
  root?: string;
};

const pat = (token: string) => ({ authType: "pat", values: { token } });

/** A GitLab of one's own, in memory. */
export async function startGitlab(options: GitlabSandboxOptions = {}) {
  const { root = "", tokens = drawTokens() } = options;
  const fresh = () => seed(options);
  let state: State = fresh();
  const expired = new Set<string>();
  const checker = options.specFile ? new GitlabChecker(options.specFile, root) : null;
  let site = "";
  let hooks = new Deliveries(() => state, site);
  const tell = (happening: Parameters<Deliveries["tell"]>[0]) => hooks.tell(happening);
  const identities = identitiesOf(tokens);

  /** As a person would on a page. */
  const asAdmin = (body: Record<string, unknown>): Work => {
    const viewer = state.users.find(({ username }) => username === "instance-admin");
    if (!viewer) throw new Error("The seed has no administrator.");
    return { state, entities: entities(state, site), lag: new IndexLag(), viewer, url: new URL(site), body, tell };
  };
  const issueOf = (project: Project, iid: number) => {
    const found = state.issues.find((one) => one.projectId === project.id && one.iid === iid);
    if (!found) throw new Error(`${project.path} has no issue ${iid}.`);
    return found;
  };
  const projectAt = (path: string) => {
    const found = state.projects.find((one) => one.path === path);
    if (!found) throw new Error(`There is no project ${path}.`);
    return found;
  };
  const act = {
    create(project: Project, { title, description, type }: { title: string; description: string; type: string }) {
      const { status } = createIssue(asAdmin({ title, description, issue_type: type }), project);
      return status === 201 ? (state.issues.at(-1) ?? null) : null;
    },
    setState(project: Project, iid: number, to: string) {
      updateIssue(asAdmin({ state_event: to === "closed" ? "close" : "reopen" }), project, issueOf(project, iid));
    },
    comment(project: Project, iid: number, body: string) {
      answerNotes("POST", asAdmin({ body }), project, issueOf(project, iid));
    },
  };

  /** Gives a project another path; calls with the old one are led to its number. */
  function rename(from: string, to: string): void {
    const project = projectAt(from);
    state.formerPaths[from] = project.id;
    project.path = to;
  }

  /** Moves an issue as GitLab does: it is closed, and goes on as another one elsewhere. */
  function move(from: string, iid: number, to: string): { iid: number } {
    const issue = issueOf(projectAt(from), iid);
    const target = projectAt(to);
    target.lastIid += 1;
    const at = nowText();
    const successor = { ...structuredClone(issue), id: nextId(state), iid: target.lastIid, projectId: target.id };
    state.issues.push({ ...successor, updatedAt: at });
    const { viewer } = asAdmin({});
    Object.assign(issue, { state: "closed", closedAt: at, updatedAt: at, movedToId: successor.id });
    addSystemNote({ state, viewer }, issue, `moved to ${to}#${successor.iid}`);
    addSystemNote({ state, viewer }, get(state.issues, successor.id), `moved from ${from}#${iid}`);
    return { iid: successor.iid };
  }

  const front = await startFront({
    preferredPort: options.preferredPort,
    checker,
    start({ url, lag }) {
      site = url + root;
      hooks = new Deliveries(() => state, site);
      const rateLimit = new RateLimit();
      const context = { state: () => state, identities, expired, rateLimit, lag, tell, site, root };
      return {
        rateLimit,
        page: async (request) => sitePage({ root, state: () => state, act }, request),
        async work(request) {
          checker?.checkQuery(request.method, request.url);
          return answerApi(context, request);
        },
        dials: {
          "POST /rename": (input) => {
            const { from, to } = renameInput.parse(input);
            rename(from, to);
          },
          "POST /move": (input) => {
            const { from, iid, to } = moveInput.parse(input);
            return move(from, iid, to);
          },
          "POST /expire": (input) => void expired.add(z.object({ token: z.string() }).parse(input).token),
        },
        reset() {
          state = fresh();
          expired.clear();
          hooks.signingSecret = "";
        },
        close: () => hooks.settled(),
      };
    },
  });

  return {
    ...front,
    url: site,
    /** What an admin types. */
    apiUrl: site,
    tokens,
    credentials: {
      write: pat(tokens.write),
      projectToken: pat(tokens.project),
      groupToken: pat(tokens.group),
      readOnly: pat(tokens.readOnly),
      noScope: pat(tokens.noScope),
    },
    /** What is really there, past every fault. */
    async issues(projectKey: string) {
      const project = projectAt(projectKey);
      return state.issues
        .filter(({ projectId }) => projectId === project.id)
        .map((one) => ({
          ref: String(one.iid),
          title: one.title,
          body: one.description,
          labels: one.labels,
          state: one.state,
          url: `${site}/${project.path}/-/issues/${one.iid}`,
        }));
    },
    snapshot: () => structuredClone(state),
    restore(snapshot: unknown) {
      state = structuredClone(snapshot as State); // it is what snapshot() gave
    },
    rename,
    move,
    /** The day of a token has passed. */
    expire: (token: keyof Tokens) => void expired.add(tokens[token]),
    /** From now on deliveries are signed, too. */
    signHooks(secret: string) {
      hooks.signingSecret = secret;
    },
    hooksSettled: () => hooks.settled(),
    /** Changes what is kept directly: what no call could bring about. */
    change(edit: (state: State) => void) {
      edit(state);
    },
  };
}

const renameInput = z.object({ from: z.string(), to: z.string() });
const moveInput = z.object({ from: z.string(), iid: z.number().int(), to: z.string() });
