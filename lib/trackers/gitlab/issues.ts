import { z } from "zod";
import { OutboundError } from "@/lib/http/outcome";
import { hasMarker } from "@/lib/richtext/our-block-markdown";
import { beforeWrite } from "@/lib/trackers/around-write";
import { inTheirTime } from "@/lib/trackers/clock";
import { remoteNumber } from "@/lib/trackers/remote-number";
import type {
  CreateWarning,
  IssueAddress,
  IssueChange,
  OpenTracker,
  ProjectRef,
  SetField,
} from "@/lib/trackers/tracker";
import type { Client } from "./client";
import { attributesOf, checkTexts, droppedFrom } from "./fields";
import { toIssue, toProject } from "./map";
import { movedTo } from "./moved";
import { numberOf } from "./projects";
import { type WireIssue, wireIssue, wireProject } from "./wire";

const perPage = 100;
const maxPages = 20;

/** What a project counts: its issues, and the notes on them. */
export const iidOf = (ref: string): number => remoteNumber(ref, "issue");

const types = ["issue", "incident", "test_case", "requirement", "task", "ticket"] as const;
const typeOf = (id: string) => types.find((type) => type === id);

/** Reading, creating, finding again and changing issues. */
export function issues(client: Client) {
  const { call } = client;

  const show = async ({ project, ref }: IssueAddress): Promise<WireIssue> =>
    (await call(wireIssue, (api) => api.issues.show(iidOf(ref), { projectId: numberOf(project) }))).data;

  const edit = async ({ project, ref }: IssueAddress, change: EditOptions): Promise<WireIssue> =>
    (await call(wireIssue, (api) => api.issues.edit(numberOf(project), iidOf(ref), change))).data;

  async function getIssue(address: IssueAddress) {
    const issue = await show(address);
    return toIssue(await movedTo(client, issue));
  }

  /** The reason that a bare "403 Forbidden" does not give. */
  async function explained(error: unknown, project: ProjectRef): Promise<unknown> {
    if (!(error instanceof OutboundError) || error.status !== 403) return error;
    const shown = await call(wireProject, (api) => api.projects.show(numberOf(project))).catch(() => null);
    if (!shown) return error;
    const { isArchived, hasIssues } = toProject(shown.data);
    const refused = { outcome: "refused", status: 403, cause: error } as const;
    if (isArchived) return new OutboundError("tracker_forbidden", "The project is archived: it is read-only.", refused);
    if (!hasIssues) return new OutboundError("tracker_refused", "Issues are switched off in this project.", refused);
    return error;
  }

  return {
    getIssue,

    async createIssue({ project, title, body, labels, typeId, fields }) {
      const { attributes, scoped } = attributesOf(fields.filter(({ value }) => value !== null));
      const wanted = [...new Set([...labels, ...scoped.flatMap(({ label }) => label ?? [])])];
      checkTexts({ title, labels: wanted });
      const issueType = typeId === null ? undefined : typeOf(typeId);
      if (issueType === undefined && typeId !== null) {
        const message = `GitLab has no type "${typeId}".`;
        throw new OutboundError("invalid_input", message, { outcome: "refused", fields: { typeId: message } });
      }

      const { data } = await call(wireIssue, (api) =>
        api.issues.create(numberOf(project), title, {
          description: body,
          ...(wanted.length > 0 && { labels: wanted.join(",") }),
          ...(issueType && { issueType }),
          ...attributes,
        }),
      ).catch(async (error: unknown) => {
        throw await explained(error, project);
      });

      const issue = toIssue(data);
      const warnings: CreateWarning[] = droppedFrom(data, { ...attributes, labels: wanted, issueType: typeId });
      // The number leads to the project whatever it is called; people should know what it is called now.
      if (issue.projectKey.toLowerCase() !== project.key.toLowerCase())
        warnings.push({ kind: "project_renamed", message: `${project.key} is now called ${issue.projectKey}.` });
      return { issue, warnings };
    },

    /**
     * The oldest that carries the marker, as a copy comes later. Listed, not searched: GitLab's full text index leaves
     * HTML comments out, and texts that are too long for it altogether.
     */
    async findByMarker({ project, marker, since }) {
      let found: WireIssue | undefined;
      let fromMs: number | undefined;
      for (let page = 1; page <= maxPages; page++) {
        const { data, headers } = await call(z.array(wireIssue), (api) =>
          api.issues.all({
            projectId: numberOf(project),
            scope: "all",
            state: "all",
            orderBy: "created_at",
            sort: "desc",
            perPage,
            page,
          }),
        );
        fromMs ??= inTheirTime(since, headers).getTime();
        found = data.findLast(({ description }) => hasMarker(description ?? "", marker)) ?? found;
        const isPast = (data.at(-1)?.created_at.getTime() ?? 0) < fromMs;
        if (isPast || data.length < perPage) return found ? toIssue(found) : null;
      }
      if (found) return toIssue(found);
      throw new OutboundError("tracker_unreadable", "There are too many new issues to look through.", {
        outcome: "unknown",
      });
    },

    async updateIssue(address, change) {
      const asked = await changesOf(change, () => show(address));
      return Object.keys(asked).length > 0 ? toIssue(await edit(address, asked)) : getIssue(address);
    },

    async getText(address) {
      return (await show(address)).description ?? "";
    },

    async listTransitions(address) {
      const { state } = await show(address);
      return state === "closed"
        ? [{ id: "reopen", name: "Reopen", to: { name: "opened", category: "open" }, fields: [] }]
        : [{ id: "close", name: "Close", to: { name: "closed", category: "done" }, fields: [] }];
    },

    async transition(address, { id, fields }) {
      const stateEvent = id === "close" || id === "reopen" ? id : null;
      if (!stateEvent)
        throw new OutboundError("invalid_input", `There is no transition "${id}".`, { outcome: "refused" });
      const { addLabels, removeLabels, ...attributes } = await changesOf({ fields }, () => show(address));
      return toIssue(
        await edit(address, {
          stateEvent,
          ...attributes,
          ...(addLabels !== undefined && { addLabels }),
          ...(removeLabels !== undefined && { removeLabels }),
        }),
      );
    },
  } satisfies Partial<OpenTracker>;
}

type EditOptions = {
  title?: string;
  description?: string;
  stateEvent?: "close" | "reopen";
  addLabels?: string;
  removeLabels?: string;
} & ReturnType<typeof attributesOf>["attributes"];

/** Only what is named, as a call says it. Labels that stand for a field take the place of their scope's others. */
async function changesOf(
  { title, body, addLabels = [], removeLabels = [], assignee, fields = [] }: IssueChange,
  show: () => Promise<WireIssue>,
): Promise<EditOptions> {
  const { attributes, scoped } = attributesOf([...fields, ...assigneeField(assignee)]);
  const has = scoped.length > 0 ? (await beforeWrite(show())).labels : [];
  const others = scoped.flatMap(({ scope, label }) =>
    has.filter((one) => one.toLowerCase().startsWith(scope) && one !== label),
  );
  const added = [...new Set([...addLabels, ...scoped.flatMap(({ label }) => label ?? [])])];
  const removed = [...new Set([...removeLabels, ...others])];
  checkTexts({ title, labels: [...added, ...removed] });
  return {
    ...(title !== undefined && { title }),
    ...(body !== undefined && { description: body }),
    ...(added.length > 0 && { addLabels: added.join(",") }),
    ...(removed.length > 0 && { removeLabels: removed.join(",") }),
    ...attributes,
  };
}

const assigneeField = (assignee: string | null | undefined): SetField[] =>
  assignee === undefined
    ? []
    : [
        {
          id: "assignee_ids",
          name: "Assignee",
          kind: "user",
          role: "assignee",
          wire: null,
          value: assignee === null ? null : { id: assignee, name: assignee },
        },
      ];
