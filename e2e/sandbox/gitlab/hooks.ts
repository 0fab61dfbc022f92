import { createHmac, randomUUID } from "node:crypto";
import type { Answer } from "../faults";
import { json } from "../front";
import { forbidden, notFound, page, refuse } from "./answer";
import { get, type Hook, type Issue, nextId, nowText, type Project, roles, type State } from "./state";
import { type Happening, levelOf, type Work } from "./work";

const events = [
  "push_events",
  "issues_events",
  "confidential_issues_events",
  "note_events",
  "confidential_note_events",
];

/** /projects/:id/hooks and one of them: for maintainers. */
export function answerHooks(method: string, work: Work, project: Project, hookId?: string): Answer | null {
  const { state, entities, viewer, url, body } = work;
  if (levelOf(project, viewer) < roles.maintainer) return forbidden();
  const all = state.hooks.filter(({ projectId }) => projectId === project.id);
  if (hookId === undefined && method === "GET") return page(url, all, entities.hook);

  if (hookId === undefined) {
    if (method !== "POST") return null;
    if (!/^https?:\/\//.test(String(body.url))) return refuse(422, "Invalid url given");
    const told = events.map((name) => [name, typeof body[name] === "boolean" ? body[name] : name === "push_events"]);
    const hook: Hook = {
      ...{ id: nextId(state), projectId: project.id, url: String(body.url), token: String(body.token ?? "") },
      ...{ events: Object.fromEntries(told), createdAt: nowText(), failures: 0 },
    };
    state.hooks.push(hook);
    return json(entities.hook(hook), 201);
  }
  const hook = all.find(({ id }) => id === Number(hookId));
  if (!hook) return notFound("Hook");
  if (method === "DELETE") {
    state.hooks = state.hooks.filter(({ id }) => id !== hook.id);
    return json(null, 204);
  }
  if (method === "PUT") {
    if (typeof body.url === "string") hook.url = body.url;
    if (typeof body.token === "string") hook.token = body.token;
    hook.failures = 0;
  }
  return method === "GET" || method === "PUT" ? json(entities.hook(hook)) : null;
}

/** Tells the hooks of a project what happened, each with headers and a body as GitLab's. */
export class Deliveries {
  private readonly pending = new Set<Promise<void>>();
  /** With it deliveries are signed too; GitLab sets it beside the token. */
  signingSecret = "";

  constructor(
    private readonly state: () => State,
    private readonly site: string,
  ) {}

  tell(happening: Happening): void {
    const state = this.state();
    const { issue, kind } = happening;
    const isInternal = kind === "note" && get(state.notes, happening.noteId).internal;
    const isConfidential = issue.confidential || isInternal;
    const plural = kind === "issue" ? "issues_events" : "note_events";
    const event = isConfidential ? `confidential_${plural}` : plural;
    const name = `${isConfidential ? "Confidential " : ""}${kind === "issue" ? "Issue" : "Note"} Hook`;
    const payload = JSON.stringify(payloadOf(state, this.site, happening, isConfidential));
    for (const hook of state.hooks) {
      if (hook.projectId !== issue.projectId || !hook.events[event] || hook.failures >= 4) continue;
      const delivery = this.deliver(hook, name, payload).finally(() => this.pending.delete(delivery));
      this.pending.add(delivery);
    }
  }

  /** When all that was begun has been tried. */
  async settled(): Promise<void> {
    await Promise.all(this.pending);
  }

  private async deliver(hook: Hook, event: string, body: string): Promise<void> {
    const id = randomUUID();
    const timestamp = String(Math.floor(Date.now() / 1000));
    const key = Buffer.from(this.signingSecret.replace(/^whsec_/, ""), "base64");
    const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
    const headers = {
      "content-type": "application/json",
      "user-agent": "GitLab/18.5.1-ee",
      "x-gitlab-event": event,
      "x-gitlab-event-uuid": randomUUID(),
      "x-gitlab-instance": this.site,
      "x-gitlab-webhook-uuid": randomUUID(),
      "idempotency-key": id,
      ...(hook.token && { "x-gitlab-token": hook.token }),
      ...(this.signingSecret && {
        ...{ "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` },
      }),
    };
    try {
      const init = { method: "POST", headers, body, redirect: "manual", signal: AbortSignal.timeout(10_000) } as const;
      const { ok } = await fetch(hook.url, init);
      hook.failures = ok ? 0 : hook.failures + 1;
    } catch {
      hook.failures += 1;
    }
  }
}

function payloadOf(state: State, site: string, happening: Happening, isConfidential: boolean): object {
  const { issue, by, kind } = happening;
  const project = get(state.projects, issue.projectId);
  const prefix = isConfidential ? "confidential_" : "";
  const common = {
    object_kind: kind,
    event_type: prefix + kind,
    user: { id: by.id, name: by.name, username: by.username, avatar_url: null, email: "[REDACTED]" },
    project_id: project.id,
    project: {
      ...{ id: project.id, name: project.path.split("/").at(-1), description: project.description, avatar_url: null },
      ...{ web_url: `${site}/${project.path}`, path_with_namespace: project.path, default_branch: "main" },
      ...{ namespace: project.path.split("/").at(-2), visibility_level: project.visibility === "public" ? 20 : 0 },
    },
    repository: { name: project.path.split("/").at(-1), homepage: `${site}/${project.path}` },
  };
  const address = `${site}/${project.path}/-/issues/${issue.iid}`;
  if (happening.kind === "issue") {
    const { action, changes } = happening;
    return {
      ...common,
      object_attributes: { ...attributesOf(state, issue), url: address, action },
      changes,
      labels: labelsOf(state, issue),
    };
  }
  const note = get(state.notes, happening.noteId);
  return {
    ...common,
    object_attributes: {
      ...{ id: note.id, note: note.body, description: note.body, noteable_type: "Issue", noteable_id: issue.id },
      ...{ author_id: note.authorId, project_id: project.id, system: note.system, internal: note.internal },
      ...{ created_at: utc(note.createdAt), updated_at: utc(note.updatedAt), action: happening.action },
      url: `${address}#note_${note.id}`,
    },
    issue: attributesOf(state, issue),
  };
}

const utc = (iso: string) => `${iso.slice(0, 19).replace("T", " ")} UTC`;

const labelsOf = (state: State, issue: Issue) =>
  state.labels
    .filter(({ name }) => issue.labels.includes(name))
    .map(({ id, name, color, projectId }) => ({ id, title: name, color, project_id: projectId, type: "GroupLabel" }));

const attributesOf = (state: State, issue: Issue) => ({
  ...{ id: issue.id, iid: issue.iid, project_id: issue.projectId, title: issue.title, description: issue.description },
  ...{ author_id: issue.authorId, assignee_ids: issue.assigneeIds, assignee_id: issue.assigneeIds[0] ?? null },
  ...{ created_at: utc(issue.createdAt), updated_at: utc(issue.updatedAt), closed_at: issue.closedAt },
  ...{ state: issue.state, state_id: issue.state === "closed" ? 2 : 1, confidential: issue.confidential },
  ...{ due_date: issue.dueDate, milestone_id: issue.milestoneId, moved_to_id: issue.movedToId, weight: issue.weight },
  ...{ severity: "unknown", type: issue.type === "incident" ? "Incident" : "Issue", labels: labelsOf(state, issue) },
});
