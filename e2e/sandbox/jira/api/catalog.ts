import { json } from "../../front";
import { type Call, pageBean, projectOf, type Routes, selfUrl } from "../call";
import { priorityJson, typeJson } from "../fields/json";
import { schemaOf } from "../fields/schema";
import type { FieldDef } from "../model";

const priorities = (call: Call) =>
  call.state.priorities.map((one) => ({ ...priorityJson(call, one), statusColor: "#ea4444", description: "" }));

const fieldJson = (call: Call, field: FieldDef) => ({
  id: field.id,
  ...(call.face.isCloud && { key: field.id }),
  name: field.name,
  custom: field.custom !== null,
  ...{ orderable: true, navigable: true, searchable: true },
  clauseNames: field.custom ? [`cf[${field.id.slice(12)}]`, field.name] : [field.id],
  schema: schemaOf(field),
});

const labels = (call: Call) =>
  [
    ...new Set(
      call.state.issues.flatMap(({ values }) => (Array.isArray(values.labels) ? values.labels.map(String) : [])),
    ),
  ].sort();

const common: Routes = {
  "GET /priority": (call) => json(priorities(call)),
  "GET /field": (call) => json(call.state.fields.map((field) => fieldJson(call, field))),
};

export const cloudCatalog: Routes = {
  ...common,
  "GET /priority/search": (call) =>
    json(pageBean(call, priorities(call), 50, 50, (one) => ({ ...one, isDefault: one.name === "Medium" }))),
  "GET /field/search": (call) => {
    const query = (call.query.get("query") ?? "").toLowerCase();
    const found = call.state.fields.filter(({ name }) => name.toLowerCase().includes(query));
    return json(
      pageBean(call, found, 100, 50, (field) => ({
        id: field.id,
        key: field.id,
        name: field.name,
        schema: schemaOf(field),
      })),
    );
  },
  // All labels of the site; there is no search in them.
  "GET /label": (call) => json(pageBean(call, labels(call), 1_000, 1_000, (label) => label)),
  "GET /issuetype/project": (call) => {
    const project = projectOf(call, call.query.get("projectId") ?? "");
    return json(project.typeIds.map((id) => typeJson(call, id)));
  },
};

export const dcCatalog: Routes = {
  ...common,
  "GET /configuration": () =>
    json({
      ...{ votingEnabled: true, watchingEnabled: true, unassignedIssuesAllowed: true, subTasksEnabled: true },
      ...{ issueLinkingEnabled: true, timeTrackingEnabled: false, attachmentsEnabled: true },
    }),
  "GET /issue/picker": (call) =>
    json({ sections: [{ id: "cs", label: "Current Search", sub: selfUrl(call, ""), issues: [] }] }),
};

/** What the pickers on Jira's own screens ask, and Jira Software's boards; below the context path. */
export const screenRoutes: Routes = {
  "GET /rest/api/1.0/labels/suggest": (call) => {
    const query = call.query.get("query") ?? "";
    const found = labels(call)
      .filter((label) => label.startsWith(query))
      .slice(0, 20);
    return json({ token: query, suggestions: found.map((label) => ({ label, html: label })) });
  },
  "GET /rest/agile/1.0/board": (call) => {
    const wanted = call.query.get("projectKeyOrId");
    const boards = wanted && projectOf(call, wanted).key !== "PAY" ? [] : [{ id: 1, name: "PAY board", type: "scrum" }];
    return json(
      pageBean(call, boards, 50, 50, (board) => ({ ...board, self: `${call.baseUrl}/rest/agile/1.0/board/1` })),
    );
  },
  "GET /rest/agile/1.0/board/:board/sprint": (call) => {
    projectOf(call, "PAY");
    const states = call.query.get("state")?.split(",");
    const found = call.state.sprints.filter(({ state }) => !states || states.includes(state));
    return json(
      pageBean(call, found, 50, 50, ({ id, name, state }) => ({ id: Number(id), name, state, originBoardId: 1 })),
    );
  },
};
