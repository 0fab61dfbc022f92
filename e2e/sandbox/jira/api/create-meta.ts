import { json } from "../../front";
import { type Call, pageBean, projectOf, type Routes } from "../call";
import { typeJson } from "../fields/json";
import { metaByField, metaJson, screenOf } from "../fields/meta";
import type { Project } from "../model";
import { may } from "../permissions";
import { Refusal } from "../refusal";

/** The form of a project where the caller may create; others are not told what it looks like. */
function creatable(call: Call): Project {
  const refusal = () =>
    new Refusal(400, ["No project could be found or you do not have permission to create issues in it."]);
  try {
    const project = projectOf(call, call.params.project ?? "");
    if (may(call.account, project, "CREATE_ISSUES")) return project;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  throw refusal();
}

function screen(call: Call) {
  const project = creatable(call);
  const typeId = call.params.type ?? "";
  if (!project.typeIds.includes(typeId)) throw new Refusal(400, ["The issue type is not valid for this project."]);
  const fields = screenOf(call, project.id, typeId);
  return pageBean(call, fields, 200, 50, (on) => metaJson(call, { project, typeId }, on));
}

const typePage = (call: Call) => pageBean(call, creatable(call).typeIds, 200, 50, (id) => typeJson(call, id));

/** Everything at once: what Cloud is about to remove and what Server had until 9.0. */
const allAtOnce: Routes = {
  "GET /issue/createmeta": (call) => {
    const listed = (name: string) => call.query.getAll(name).flatMap((text) => text.split(","));
    const [ids, keys, typeIds, names] = ["projectIds", "projectKeys", "issuetypeIds", "issuetypeNames"].map(listed);
    const withFields = call.query.get("expand")?.includes("projects.issuetypes.fields") ?? false;
    const isIn = (list: string[] | undefined, value: string) => !list?.length || list.includes(value);
    const projects = call.state.projects
      .filter((project) => may(call.account, project, "CREATE_ISSUES"))
      .filter(({ id, key }) => isIn(ids, id) && isIn(keys, key));
    return json({
      expand: "projects",
      projects: projects.map((project) => ({
        expand: "issuetypes",
        self: `${call.baseUrl}${call.face.api}/project/${project.id}`,
        ...{ id: project.id, key: project.key, name: project.name },
        issuetypes: project.typeIds
          .map((id) => typeJson(call, id))
          .filter(({ id, name }) => isIn(typeIds, id) && isIn(names, name))
          .map((type) => ({
            ...type,
            ...(withFields && {
              expand: "fields",
              fields: metaByField(call, { project, typeId: type.id }, screenOf(call, project.id, type.id)),
            }),
          })),
      })),
    });
  },
};

export const cloudCreateMeta: Routes = {
  ...allAtOnce,
  "GET /issue/createmeta/:project/issuetypes": (call) => {
    const { values, isLast, ...page } = typePage(call);
    return json({ ...page, issueTypes: values });
  },
  "GET /issue/createmeta/:project/issuetypes/:type": (call) => {
    const { values, isLast, ...page } = screen(call);
    return json({ ...page, fields: values });
  },
};

/** The page shape of 9.0 and later. */
export const dcCreateMeta: Routes = {
  "GET /issue/createmeta/:project/issuetypes": (call) => json(typePage(call)),
  "GET /issue/createmeta/:project/issuetypes/:type": (call) => json(screen(call)),
};

export const oldCreateMeta = allAtOnce;
