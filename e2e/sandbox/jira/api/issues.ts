import { z } from "zod";
import { json } from "../../front";
import { type Call, issueOf, pageBean, projectById, type Routes, selfUrl, timeFor, userJson } from "../call";
import { editScreen, fieldOf, metaByField } from "../fields/meta";
import { storedValue, Unfit } from "../fields/set";
import { applyValues, editIssue, record } from "../issues/change";
import { createIssue, readBody } from "../issues/create";
import { issueJson, wantedBy } from "../issues/json";
import { transitionIssue, transitionJson, transitionsOf } from "../issues/transition";
import type { Issue } from "../model";
import { fieldRefusal, Refusal } from "../refusal";

const idOf = (call: Call) => call.params.issue ?? "";
const created = (call: Call, { id, key }: Issue) => ({ id, key, self: selfUrl(call, `/issue/${id}`) });

export const issueRoutes: Routes = {
  "POST /issue": (call) => json(created(call, createIssue(call, call.body)), 201),
  "POST /issue/bulk": (call) => bulk(call),
  "GET /issue/:issue": (call) => json(issueJson(call, issueOf(call, idOf(call)), wantedBy(call.query))),
  "PUT /issue/:issue": (call) => {
    const issue = issueOf(call, idOf(call), "EDIT_ISSUES");
    editIssue(call, issue, call.body);
    const isShown = call.face.isCloud && call.query.get("returnIssue") === "true";
    return isShown ? json(issueJson(call, issue, wantedBy(call.query))) : json(null, 204);
  },
  "DELETE /issue/:issue": (call) => {
    const issue = issueOf(call, idOf(call), "DELETE_ISSUES");
    const children = call.state.issues.filter(({ values }) => values.parent === issue.id);
    if (children.length > 0 && call.query.get("deleteSubtasks") !== "true") {
      throw new Refusal(400, [
        `The issue '${issue.key}' has subtasks. You must specify the 'deleteSubtasks' parameter.`,
      ]);
    }
    call.state.issues = call.state.issues.filter((one) => one !== issue && !children.includes(one));
    if (call.account) call.tell({ event: "jira:issue_deleted", issue, actor: call.account });
    return json(null, 204);
  },
  "PUT /issue/:issue/assignee": (call) => {
    const issue = issueOf(call, idOf(call), "ASSIGN_ISSUES");
    try {
      const to = storedValue(call, fieldOf(call, "assignee"), call.body, projectById(call, issue.projectId));
      record(call, issue, applyValues(call, issue, { assignee: to }), "issue_assigned");
    } catch (error) {
      if (error instanceof Unfit) throw fieldRefusal({ assignee: error.message });
      throw error;
    }
    return json(null, 204);
  },
  "GET /issue/:issue/editmeta": (call) => {
    const issue = issueOf(call, idOf(call));
    const place = { project: projectById(call, issue.projectId), typeId: issue.typeId, issue };
    return json({ fields: metaByField(call, place, editScreen(call, issue)) });
  },
  "GET /issue/:issue/transitions": (call) => {
    const issue = issueOf(call, idOf(call));
    const only = call.query.get("transitionId");
    const found = transitionsOf(call, issue).filter(({ id }) => !only || id === only);
    return json({ expand: "transitions", transitions: found.map((one) => transitionJson(call, issue, one)) });
  },
  "POST /issue/:issue/transitions": (call) => {
    transitionIssue(call, issueOf(call, idOf(call)), call.body);
    return json(null, 204);
  },
};

function bulk(call: Call) {
  const { issueUpdates } = readBody(z.object({ issueUpdates: z.array(z.unknown()).max(50) }), call.body);
  const issues: unknown[] = [];
  const errors: unknown[] = [];
  for (const [i, update] of issueUpdates.entries()) {
    try {
      issues.push(created(call, createIssue(call, update)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, errorMessages, errors: fields } = error;
      errors.push({ status, elementErrors: { errorMessages, errors: fields }, failedElementNumber: i });
    }
  }
  return json({ issues, errors }, issues.length === 0 && errors.length > 0 ? 400 : 201);
}

const bulkFetch = z.object({
  issueIdsOrKeys: z.array(z.string()).max(100),
  fields: z.array(z.string()).default(["*navigable"]),
  properties: z.array(z.string()).max(5).default([]),
});

export const cloudIssues: Routes = {
  ...issueRoutes,
  "GET /issue/:issue/changelog": (call) => {
    const { history } = issueOf(call, idOf(call));
    const page = pageBean(call, history, 100, 100, ({ id, authorId, atMs, items }) => ({
      id,
      author: userJson(call, authorId) ?? undefined,
      created: timeFor(call, atMs),
      items: items.map(({ field, fieldId, from, to, fromText, toText }) => ({
        ...{ field, fieldId, fieldtype: fieldId.startsWith("customfield_") ? "custom" : "jira" },
        ...(from !== null && { from }),
        ...(fromText !== null && { fromString: fromText }),
        ...(to !== null && { to }),
        // Without an own one, whoever checks it would find the method that every object has.
        toString: toText ?? "",
      })),
    }));
    return json(page);
  },
  "POST /issue/bulkfetch": (call) => {
    const { issueIdsOrKeys, fields, properties } = readBody(bulkFetch, call.body);
    const issues: unknown[] = [];
    const issueErrors: unknown[] = [];
    for (const id of issueIdsOrKeys) {
      try {
        issues.push(issueJson(call, issueOf(call, id), { fields, properties }));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        issueErrors.push({ id, errorMessage: error.message });
      }
    }
    return json({ issues, issueErrors });
  },
};
