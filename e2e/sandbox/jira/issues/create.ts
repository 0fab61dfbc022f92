import { z } from "zod";
import type { Call } from "../call";
import { screenOf } from "../fields/meta";
import { sentProject } from "../fields/set";
import type { Issue, Project } from "../model";
import { may } from "../permissions";
import { Refusal } from "../refusal";
import { FieldChanges } from "./apply";

const anyObject = z.record(z.string(), z.unknown());
/** What is sent to create, edit or move an issue. */
export const issueUpdate = z.object({
  fields: anyObject.default({}),
  update: z.record(z.string(), z.array(anyObject)).default({}),
  properties: z.array(z.object({ key: z.string(), value: z.unknown() })).default([]),
  transition: z.object({ id: z.string().optional() }).optional(),
});

/** A body of that shape, or Jira's refusal of anything else. */
export function readBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Refusal(400, ["Invalid request payload. Refer to the REST API documentation and try again."]);
}

const reference = z.object({ id: z.string().optional(), name: z.string().optional() });

/** Makes an issue of what was sent, all of it or nothing. */
export function createIssue(call: Call, body: unknown): Issue {
  const { fields, update, properties } = readBody(issueUpdate, body);
  const { state, account, face } = call;
  const nowhere: Project | undefined = state.projects[0];
  if (!nowhere || !account) throw new Refusal(401, ["You do not have permission to create issues in this project."]);

  const early = new FieldChanges(call, nowhere, [], {});
  const project = early.attempt("project", () => sentProject(call, fields.project));
  const sent = reference.safeParse(fields.issuetype).data ?? {};
  const type = state.types.find(
    ({ id, name }) => (sent.id === undefined ? name === sent.name : id === sent.id) && project?.typeIds.includes(id),
  );
  if (!type) early.refuse("issuetype", face.words.noType);
  early.done();
  if (!project || !type) throw new Error("Without objections there are a project and a type.");
  if (!may(account, project, "CREATE_ISSUES")) {
    // Only Cloud's description has a 403 here.
    const message = "You do not have permission to create issues in this project.";
    throw new Refusal(face.isCloud ? 403 : 400, [message]);
  }

  const changes = new FieldChanges(call, project, screenOf(call, project.id, type.id), {});
  for (const [id, value] of Object.entries(fields)) {
    if (id !== "project" && id !== "issuetype") changes.set(id, value);
  }
  for (const [id, operations] of Object.entries(update)) changes.update(id, operations);
  changes.needRequired();
  const values = changes.done();

  const now = Date.now();
  project.lastIssue += 1;
  const issue: Issue = {
    id: String(state.next.issue++),
    key: `${project.key}-${project.lastIssue}`,
    oldKeys: [],
    projectId: project.id,
    typeId: type.id,
    statusId: state.workflows[project.id]?.[type.id]?.initial ?? "",
    creatorId: account.accountId,
    createdMs: now,
    updatedMs: now,
    resolvedMs: null,
    values: { reporter: account.accountId, priority: "3", ...values },
    comments: [],
    files: [],
    links: [],
    properties: Object.fromEntries(properties.map(({ key, value }) => [key, value])),
    history: [],
  };
  state.issues.push(issue);
  call.lag.remember(issue.id);
  call.tell({ event: "jira:issue_created", type: "issue_created", issue, actor: account });
  return issue;
}
