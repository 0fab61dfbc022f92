import { z } from "zod";
import { OutboundError } from "@/lib/http/outcome";
import { remoteNumber } from "@/lib/trackers/remote-number";
import type { FieldOption, OpenTracker, Page, ProjectRef, RemoteProject, RemoteUser } from "@/lib/trackers/tracker";
import { pathOf } from "./address";
import type { Client } from "./client";
import { nextOf, pageAt } from "./cursor";
import { fieldsOf } from "./fields";
import { accessOf, reporter, toProbe, toProject, toUser, typeNameOf } from "./map";
import { wireIssue, wireLabel, wireMe, wireMetadata, wireMilestone, wireProject, wireToken, wireUser } from "./wire";

const perPage = 100;
const minAccessLevel = 10;

/** A project's number, as its calls want it; throws for a text that is none, before it can bend a path. */
export function numberOf({ remoteId }: Pick<ProjectRef, "remoteId">): number {
  return remoteNumber(remoteId, "project");
}

type Listing = { project: ProjectRef; query?: string; cursor?: string | null };

const wanted = (query: string | undefined) => (query?.trim() ? { search: query.trim() } : {});

/** Who we are, the projects there are, and what can be chosen in one. */
export function projects(client: Client) {
  const { call, withGroups } = client;

  const showProject = async (of: number | string) => (await call(wireProject, (api) => api.projects.show(of))).data;

  async function listMilestones({ project, query, cursor }: Listing): Promise<Page<FieldOption>> {
    // gitbeaker's type knows the parameter for the groups' by its old name only.
    const ask = {
      state: "active" as const,
      includeAncestors: withGroups,
      perPage,
      ...wanted(query),
      ...pageAt(cursor),
    };
    const { data, headers } = await call(z.array(wireMilestone), (api) => api.milestones.all(numberOf(project), ask));
    const items = data.map(({ id, title, due_date }) => ({
      id,
      name: title,
      detail: due_date ? `due ${due_date}` : null,
    }));
    return { items, next: nextOf(headers) };
  }

  async function listLabels({ project, query, cursor }: Listing) {
    const { data, headers } = await call(z.array(wireLabel), (api) =>
      api.labels.all(numberOf(project), {
        includeAncestorGroups: withGroups,
        perPage,
        ...wanted(query),
        ...pageAt(cursor),
      }),
    );
    return { items: data.flatMap(({ name, archived }) => (archived ? [] : name)), next: nextOf(headers) };
  }

  async function listUsers({ project, query, cursor }: Listing) {
    const { data, headers } = await call(z.array(wireUser), (api) =>
      // With those of the groups above and of invited groups; the project's own list leaves them out.
      api.members.all(numberOf(project), {
        includeInherited: withGroups,
        perPage,
        ...(query?.trim() && { query: query.trim() }),
        ...pageAt(cursor),
      }),
    );
    return { items: data.map(toUser), next: nextOf(headers) } satisfies Page<RemoteUser>;
  }

  return {
    async probe() {
      const { data: me, headers } = await call(wireMe, (api) => api.users.showCurrentUser());
      const [token, metadata] = await Promise.all([
        orUntold(call(wireToken, (api) => api.tokens.show())),
        orUntold(call(wireMetadata, (api) => api.metadata.show())),
      ]);
      const told = { token: token?.data ?? null, version: metadata?.data.version ?? null, nowMs: Date.now() };
      return toProbe(me, headers, told);
    },

    async listProjects({ query, cursor }) {
      const { data, headers } = await call(z.array(wireProject), (api) =>
        api.projects.all({
          ...(withGroups ? { membership: true, minAccessLevel } : { owned: true }),
          orderBy: "id",
          sort: "desc",
          pagination: "keyset",
          perPage,
          // Names of groups count, so that "group/project" finds what it says.
          ...(query?.trim() && { search: query.trim(), searchNamespaces: true }),
          ...pageAt(cursor),
        }),
      );
      return { items: data.map(toProject), next: nextOf(headers) } satisfies Page<RemoteProject>;
    },

    async getProject(ref: { key: string } | { remoteId: string }) {
      return toProject(await showProject("key" in ref ? pathOf(ref.key) : numberOf(ref)));
    },

    async listTypes({ project }) {
      const mayDeclareIncidents = accessOf(await showProject(numberOf(project))) >= reporter;
      return ["issue", ...(mayDeclareIncidents ? ["incident"] : []), "task"].map((id) => ({
        id,
        name: typeNameOf(id),
        description: null,
        isSubtask: false,
      }));
    },

    async getForm({ project, typeId }) {
      const [milestones, severities, priorities, issues] = await Promise.all([
        listMilestones({ project }),
        listLabels({ project, query: "severity::" }),
        listLabels({ project, query: "priority::" }),
        call(z.array(wireIssue), (api) => api.issues.all({ projectId: numberOf(project), perPage: 1, page: 1 })),
      ]);
      return {
        fields: fieldsOf({
          typeId,
          milestones: milestones.next === null ? milestones.items : null,
          // Nothing else tells whether the plan has weights: where it has not, issues lack the key.
          hasWeight: issues.data.some(({ weight }) => weight !== undefined),
          labels: [...severities.items, ...priorities.items],
        }),
        textField: "description",
        labels: "free",
      };
    },

    async searchOptions({ project, field, query, cursor }) {
      if (field.id === "milestone_id") return listMilestones({ project, query, cursor: cursor ?? null });
      if (field.id !== "assignee_ids") return { items: [], next: null };
      const { items, next } = await listUsers({ project, query, cursor: cursor ?? null });
      return {
        items: items.flatMap(({ remoteId, name, login, isActive }) =>
          isActive ? { id: remoteId, name, detail: login ? `@${login}` : null } : [],
        ),
        next,
      };
    },

    listLabels,
    listUsers,

    async listStates() {
      return [
        { name: "opened", category: "open" },
        { name: "closed", category: "done" },
      ];
    },
  } satisfies Partial<OpenTracker>;
}

/** What a token may not ask about itself is not known, which is no failure. */
async function orUntold<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    const isUntold = error instanceof OutboundError && (error.status === 403 || error.status === 404);
    if (isUntold) return null;
    throw error;
  }
}
