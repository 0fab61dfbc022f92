import type { Field, IssueForm, OpenTracker } from "@/lib/trackers/tracker";
import { projectIdOf } from "./address";
import { read } from "./client";
import { listWireFields, listWireTypes, usualTypeId } from "./create-meta";
import type { Context } from "./edition";
import { hasField, toFields } from "./fields";
import { toProject, toState } from "./map";
import { wirePermissions, wireProject, wireTypeStatuses } from "./wire";

/** A project, what can be created in it, and the states of its issues. */
export const projectMethods = (context: Context) => {
  const { site, edition, client } = context;
  return {
    async getProject(ref) {
      const jira = await client();
      const projectIdOrKey = projectIdOf("key" in ref ? ref.key : ref.remoteId);
      const { data } = await read(wireProject, jira.projects.getProject({ projectIdOrKey }));
      const key = "CREATE_ISSUES";
      const asked = read(wirePermissions, edition.permissionsOf(jira, { keys: [key], projectId: data.id }));
      return toProject(data, site.baseUrl, (await asked).data.permissions[key]?.havePermission === true);
    },

    async listTypes({ project }) {
      const types = await listWireTypes(context, project);
      return types.map(({ id, name, description, subtask }) => ({
        id,
        name,
        description: description || null,
        isSubtask: subtask,
      }));
    },

    async getForm({ project, typeId }): Promise<IssueForm> {
      const all = await listWireFields(context, project, typeId ?? (await usualTypeId(context, project)));
      const fields: Field[] = toFields(all);
      return {
        fields,
        textField: hasField(all, "description") ? "description" : null,
        labels: hasField(all, "labels") ? "free" : "none",
      };
    },

    async listStates({ project, typeId }) {
      const jira = await client();
      const projectIdOrKey = projectIdOf(project.remoteId);
      const { data } = await read(wireTypeStatuses, jira.projects.getAllStatuses({ projectIdOrKey }));
      const states = data.filter(({ id }) => typeId === null || id === typeId).flatMap(({ statuses }) => statuses);
      // Several types share most of their states.
      return [...new Map(states.map((status) => [status.name, toState(status)])).values()];
    },
  } satisfies Partial<OpenTracker>;
};
