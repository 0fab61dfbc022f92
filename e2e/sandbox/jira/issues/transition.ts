import { type Call, projectById } from "../call";
import { addComment } from "../comments/add";
import { statusJson } from "../fields/json";
import { metaByField } from "../fields/meta";
import type { ChangeItem, Issue, Status, TransitionDef } from "../model";
import { may } from "../permissions";
import { Refusal } from "../refusal";
import { FieldChanges } from "./apply";
import { applyValues, commentsIn, record } from "./change";
import { issueUpdate, readBody } from "./create";

/** What the workflow lets the caller do now. */
export function transitionsOf(call: Call, issue: Issue): TransitionDef[] {
  if (!may(call.account, projectById(call, issue.projectId), "TRANSITION_ISSUES")) return [];
  const workflow = call.state.workflows[issue.projectId]?.[issue.typeId];
  return (workflow?.transitions ?? []).filter(
    ({ from, to }) => to !== issue.statusId && (from === null || from.includes(issue.statusId)),
  );
}

const statusOf = (call: Call, id: string): Status => {
  const status = call.state.statuses.find((one) => one.id === id);
  if (!status) throw new Error(`The sandbox lost status ${id}.`);
  return status;
};

export function transitionJson(call: Call, issue: Issue, transition: TransitionDef) {
  const withFields = call.query.get("expand")?.includes("transitions.fields") ?? false;
  const place = { project: projectById(call, issue.projectId), typeId: issue.typeId, issue };
  return {
    id: transition.id,
    name: transition.name,
    to: statusJson(call, statusOf(call, transition.to)),
    ...(call.face.isCloud && {
      hasScreen: transition.screen.length > 0,
      isGlobal: transition.from === null,
      ...{ isInitial: false, isAvailable: true, isConditional: false, looped: false },
    }),
    ...(withFields && { fields: metaByField(call, place, transition.screen) }),
  };
}

export function transitionIssue(call: Call, issue: Issue, body: unknown): void {
  const { transition: asked, fields, update } = readBody(issueUpdate, body);
  if (!asked?.id) throw new Refusal(400, ["Missing 'transition' identifier"]);
  const transition = transitionsOf(call, issue).find(({ id }) => id === asked.id);
  if (!transition) throw new Refusal(400, [`Transition id '${asked.id}' is not valid for this issue.`]);

  const more = commentsIn(update);
  const project = projectById(call, issue.projectId);
  const changes = new FieldChanges(call, project, transition.screen, issue.values);
  for (const [id, value] of Object.entries(fields)) changes.set(id, value);
  for (const [id, operations] of Object.entries(more.fields)) changes.update(id, operations);
  changes.needRequired();
  moveTo(call, issue, transition, changes.done());
  for (const input of more.comments) addComment(call, issue, input);
}

/** Into the new status, with what the workflow does by itself: done has a resolution, everything else has none. */
export function moveTo(call: Call, issue: Issue, transition: TransitionDef, values: Record<string, unknown>): void {
  const [before, after] = [statusOf(call, issue.statusId), statusOf(call, transition.to)];
  const isDone = after.category === "done";
  const resolution = isDone ? (values.resolution ?? issue.values.resolution ?? "10000") : null;
  issue.statusId = after.id;
  issue.resolvedMs = isDone ? (issue.resolvedMs ?? Date.now()) : null;
  const status: ChangeItem = {
    ...{ field: "status", fieldId: "status", from: before.id, to: after.id },
    ...{ fromText: before.name, toText: after.name },
  };
  record(call, issue, [...applyValues(call, issue, { ...values, resolution }), status], "issue_generic");
}
