import { json } from "../../front";
import { type Call, pageBean, projectOf, type Routes, selfUrl } from "../call";
import { projectShort, statusJson, typeJson, versionJson } from "../fields/json";
import type { Project } from "../model";
import { may } from "../permissions";
import { Refusal } from "../refusal";

const visible = (call: Call) => call.state.projects.filter((project) => may(call.account, project, "BROWSE_PROJECTS"));

const projectJson = (call: Call, project: Project) => ({
  ...projectShort(call, project),
  description: project.description,
  ...(call.face.isCloud && { isPrivate: false, style: "classic", properties: {} }),
  ...(!call.face.isCloud && { archived: false }),
});

const fullJson = (call: Call, project: Project) => ({
  ...projectJson(call, project),
  issueTypes: project.typeIds.map((id) => typeJson(call, id)),
  components: project.components.map(({ id, name }) => ({ self: selfUrl(call, `/component/${id}`), id, name })),
  versions: project.versions.map((version) => versionJson(call, version)),
  assigneeType: "UNASSIGNED",
});

const ofProject: Routes = {
  "GET /project/:project": (call) => json(fullJson(call, projectOf(call, call.params.project ?? ""))),
  "GET /project/:project/statuses": (call) => json(statuses(call, projectOf(call, call.params.project ?? ""))),
  "GET /project/:project/components": (call) =>
    json(fullJson(call, projectOf(call, call.params.project ?? "")).components),
  "GET /project/:project/versions": (call) => json(fullJson(call, projectOf(call, call.params.project ?? "")).versions),
};

function statuses(call: Call, project: Project) {
  return project.typeIds.map((id) => {
    const { self, name, subtask } = typeJson(call, id);
    const workflow = call.state.workflows[project.id]?.[id];
    const used = new Set([workflow?.initial, ...(workflow?.transitions ?? []).map(({ to }) => to)]);
    const found = call.state.statuses.filter((status) => used.has(status.id));
    return { self, id, name, subtask, statuses: found.map((status) => statusJson(call, status)) };
  });
}

export const cloudProjects: Routes = {
  ...ofProject,
  "GET /project/search": (call) => {
    const query = (call.query.get("query") ?? "").toLowerCase();
    const action = call.query.get("action") ?? "view";
    if (!["view", "browse", "edit", "create"].includes(action)) throw new Refusal(400, [`Invalid action: ${action}`]);
    const needs = action === "create" ? "CREATE_ISSUES" : action === "edit" ? "ADMINISTER_PROJECTS" : "BROWSE_PROJECTS";
    const keys = call.query.getAll("keys").flatMap((text) => text.split(","));
    const ids = call.query.getAll("id").flatMap((text) => text.split(","));
    const found = visible(call)
      .filter((project) => may(call.account, project, needs))
      .filter(({ key, name }) => key.toLowerCase().includes(query) || name.toLowerCase().includes(query))
      .filter(({ key, id }) => (keys.length === 0 || keys.includes(key)) && (ids.length === 0 || ids.includes(id)))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    const page = pageBean(call, found, 100, 50, (project) => projectJson(call, project));
    const next = new URLSearchParams(call.query);
    next.set("startAt", String(page.startAt + page.values.length));
    return json({
      self: selfUrl(call, `/project/search?${call.query}`),
      ...(!page.isLast && { nextPage: selfUrl(call, `/project/search?${next}`) }),
      ...page,
    });
  },
};

export const dcProjects: Routes = {
  ...ofProject,
  // All of them in one answer, however many there are.
  "GET /project": (call) => json(visible(call).map((project) => projectJson(call, project))),
};
