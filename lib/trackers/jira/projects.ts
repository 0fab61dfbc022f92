import type { z } from "zod";
import { OutboundError } from "@/lib/http/outcome";
import type { Field, IssueForm, OpenTracker, ProjectRef } from "@/lib/trackers/tracker";
import { projectIdOf } from "./address";
import { type JiraClient, read } from "./client";
import type { Context } from "./edition";
import { hasField, toFields } from "./fields";
import { toProject, toState } from "./map";
import {
  type WireField,
  wireFieldPage,
  wirePermissions,
  wireProject,
  type wireType,
  wireTypePage,
  wireTypeStatuses,
} from "./wire";

const pageSize = 200;
// 300 fields are two pages; a server that somebody entered may claim any number.
const maxPages = 20;

type Page<T> = { items: readonly T[]; total: number | undefined; isLast: boolean | undefined };

/** Every page of a list that is counted by its start. */
async function all<T>(page: (startAt: number) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let n = 0; n < maxPages; n++) {
    const found = await page(items.length);
    items.push(...found.items);
    // An empty page ends a list that claims to be longer.
    if (found.items.length === 0 || found.isLast || items.length >= (found.total ?? 0)) break;
  }
  return items;
}

/** What can be created in a project: the new endpoints, which both editions have since long and the old ones lost. */
export const listWireTypes = (client: JiraClient, project: ProjectRef): Promise<z.output<typeof wireType>[]> =>
  all(async (startAt) => {
    const projectIdOrKey = projectIdOf(project.remoteId);
    const call = client.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey, startAt, maxResults: pageSize });
    const { data } = await read(wireTypePage, call);
    return { items: data.issueTypes ?? data.values ?? [], total: data.total, isLast: data.isLast };
  });

/** The fields of the form for a new issue of a type, as Jira describes them. */
export const listWireFields = (client: JiraClient, project: ProjectRef, typeId: string): Promise<WireField[]> =>
  all(async (startAt) => {
    const call = client.issues.getCreateIssueMetaIssueTypeId({
      projectIdOrKey: projectIdOf(project.remoteId),
      issueTypeId: projectIdOf(typeId),
      startAt,
      maxResults: pageSize,
    });
    const { data } = await read(wireFieldPage, call);
    return { items: data.fields ?? data.values ?? [], total: data.total, isLast: data.isLast };
  });

/** Which type is meant where none is named: a bug where there is one by this name, else the first. */
export async function usualTypeId(client: JiraClient, project: ProjectRef): Promise<string> {
  const types = (await listWireTypes(client, project)).filter(({ subtask }) => !subtask);
  const usual = types.find(({ name }) => /^bug$/i.test(name)) ?? types[0];
  if (usual) return usual.id;
  throw new OutboundError("tracker_forbidden", "The account may create nothing in this project.", {
    outcome: "refused",
  });
}

/** A project, what can be created in it, and the states of its issues. */
export const projectMethods = ({ site, edition, client }: Context) =>
  ({
    async getProject(ref) {
      const jira = await client();
      const projectIdOrKey = projectIdOf("key" in ref ? ref.key : ref.remoteId);
      const { data } = await read(wireProject, jira.projects.getProject({ projectIdOrKey }));
      const key = "CREATE_ISSUES";
      const asked = read(wirePermissions, edition.permissionsOf(jira, { keys: [key], projectId: data.id }));
      return toProject(data, site.baseUrl, (await asked).data.permissions[key]?.havePermission === true);
    },

    async listTypes({ project }) {
      const types = await listWireTypes(await client(), project);
      return types.map(({ id, name, description, subtask }) => ({
        id,
        name,
        description: description || null,
        isSubtask: subtask,
      }));
    },

    async getForm({ project, typeId }): Promise<IssueForm> {
      const jira = await client();
      const all = await listWireFields(jira, project, typeId ?? (await usualTypeId(jira, project)));
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
  }) satisfies Partial<OpenTracker>;
