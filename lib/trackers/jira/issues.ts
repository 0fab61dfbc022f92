import { afterWrite, beforeWrite } from "@/lib/trackers/around-write";
import { limits } from "@/lib/trackers/limits";
import { refuseLongTitle } from "@/lib/trackers/title";
import type {
  CreatedIssue,
  CreateIssueInput,
  CreateWarning,
  IssueAddress,
  OpenTracker,
  RemoteIssue,
} from "@/lib/trackers/tracker";
import { idOf, issueUrl, labelOf, projectIdOf } from "./address";
import { done, read } from "./client";
import { listWireFields, usualTypeId } from "./create-meta";
import type { Context } from "./edition";
import { hasField, toField } from "./fields";
import { issueFields, toIssue, toState } from "./map";
import { markerKey } from "./marker";
import { wireCreated, wireIssue, wireText, wireTransitions } from "./wire";
import { writeFields } from "./write-fields";

/** An issue, its text, its fields and its state. */
export function issueMethods(context: Context) {
  const { site, edition, client } = context;

  async function getIssue({ ref }: Pick<IssueAddress, "ref">): Promise<RemoteIssue> {
    const jira = await client();
    const call = jira.issues.getIssue({ issueIdOrKey: idOf(ref), fields: issueFields });
    return toIssue((await read(wireIssue, call)).data, site.baseUrl, edition);
  }

  return {
    getIssue,

    async getText({ ref }) {
      const jira = await client();
      const call = jira.issues.getIssue({ issueIdOrKey: idOf(ref), fields: ["description"] });
      return edition.readText((await read(wireText, call)).data.fields.description);
    },

    async createIssue(input): Promise<CreatedIssue> {
      const { project, marker } = input;
      const summary = titleOf(input.title);
      const jira = await client();
      const typeId = input.typeId ?? (await beforeWrite(usualTypeId(context, project)));
      const { labels, textField, warnings } = await beforeWrite(onForm(context, input, typeId));
      const call = jira.issues.createIssue({
        fields: {
          ...writeFields(input.fields, edition),
          project: { id: projectIdOf(project.remoteId) },
          issuetype: { id: typeId },
          summary,
          ...(textField !== null && { [textField]: edition.writeText(input.body) }),
          ...(labels.length > 0 && { labels }),
        },
        properties: [{ key: markerKey, value: { id: marker } }],
      });
      const { data: created } = await read(wireCreated, call);

      // The answer names the issue and no more. It is there: what cannot be read now is known well enough to go on.
      const issue = await getIssue({ ref: created.id }).catch(() => asCreated(created, { ...input, labels }, context));
      return { issue, warnings };
    },

    async updateIssue(address, { title, body, addLabels = [], removeLabels = [], assignee, fields = [] }) {
      const sent = {
        ...writeFields(fields, edition),
        ...(title !== undefined && { summary: titleOf(title) }),
        ...(body !== undefined && { description: edition.writeText(body) }),
        ...(assignee !== undefined && { assignee: assignee === null ? null : edition.writeUser(assignee) }),
      };
      const labels = [
        ...addLabels.map((label) => ({ add: labelOf(label) })),
        ...removeLabels.map((label) => ({ remove: labelOf(label) })),
      ];
      if (labels.length === 0 && Object.keys(sent).length === 0) return getIssue(address);
      const jira = await client();
      const update = labels.length > 0 && { update: { labels } };
      await done(jira.issues.editIssue({ issueIdOrKey: idOf(address.ref), fields: sent, ...update }));
      return afterWrite(getIssue(address));
    },

    async listTransitions({ ref }) {
      const jira = await client();
      const call = jira.issues.getTransitions({ issueIdOrKey: idOf(ref), expand: "transitions.fields" });
      return (await read(wireTransitions, call)).data.transitions.map(({ id, name, to, fields }) => ({
        id,
        name,
        to: toState(to),
        fields: Object.entries(fields ?? {}).map(([fieldId, field]) => toField(field, fieldId)),
      }));
    },

    async transition(address, { id, fields }) {
      const jira = await client();
      const sent = fields.length > 0 && { fields: writeFields(fields, edition) };
      const issueIdOrKey = idOf(address.ref);
      await done(jira.issues.doTransition({ issueIdOrKey, transition: { id }, ...sent }));
      return afterWrite(getIssue(address));
    },
  } satisfies Partial<OpenTracker>;
}

function titleOf(title: string): string {
  const line = title.replace(/\s*[\r\n]+\s*/g, " ").trim();
  // Java counts a sign beyond the first plane of Unicode as two.
  refuseLongTitle(line.length, limits.jira);
  return line;
}

type OnForm = { labels: string[]; textField: string | null; warnings: CreateWarning[] };

/** Jira refuses an issue for whatever is not on its form, so that it is looked at where it is not known, and that left out. */
async function onForm(
  context: Context,
  { project, labels, textField }: CreateIssueInput,
  typeId: string,
): Promise<OnForm> {
  const wanted = [...new Set(labels.map(labelOf))].filter((label) => label !== "");
  if (wanted.length === 0 && textField !== null) return { labels: wanted, textField, warnings: [] };
  const form = await listWireFields(context, project, typeId);
  const hasLabels = hasField(form, "labels");
  const text = textField ?? (hasField(form, "description") ? "description" : null);
  const dropped = (message: string): CreateWarning => ({ kind: "fields_dropped", message });
  return {
    labels: hasLabels ? wanted : [],
    textField: text,
    warnings: [
      ...(wanted.length > 0 && !hasLabels ? [dropped("Jira's form for this type has no labels.")] : []),
      ...(text === null ? [dropped("Jira's form for this type has no description.")] : []),
    ],
  };
}

type Created = { id: string; key: string };

function asCreated({ id, key }: Created, input: CreateIssueInput, { site }: { site: Context["site"] }): RemoteIssue {
  const now = new Date();
  return {
    remoteId: id,
    key,
    ref: id,
    url: issueUrl(site.baseUrl, { ref: key }),
    title: titleOf(input.title),
    state: "",
    category: "open",
    type: null,
    priority: null,
    labels: input.labels,
    assignee: null,
    author: null,
    createdAt: now,
    updatedAt: now,
    projectRemoteId: input.project.remoteId,
    projectKey: key.slice(0, key.lastIndexOf("-")),
  };
}
