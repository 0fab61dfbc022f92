import { OutboundError } from "@/lib/http/outcome";
import { limits } from "@/lib/trackers/limits";
import type {
  CreatedIssue,
  CreateIssueInput,
  CreateWarning,
  IssueAddress,
  OpenTracker,
  RemoteIssue,
} from "@/lib/trackers/tracker";
import { idOf, issueUrl, labelOf, projectIdOf } from "./address";
import { done, type JiraClient, read } from "./client";
import type { Context } from "./edition";
import { hasField, toField } from "./fields";
import { issueFields, toIssue, toState } from "./map";
import { markerKey } from "./marker";
import { listWireFields, usualTypeId } from "./projects";
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
      const typeId = input.typeId ?? (await usualTypeId(jira, project));
      const { labels, warnings } = await labelsOnForm(jira, input, typeId);
      const call = jira.issues.createIssue({
        fields: {
          ...writeFields(input.fields, edition),
          project: { id: projectIdOf(project.remoteId) },
          issuetype: { id: typeId },
          summary,
          [input.textField ?? "description"]: edition.writeText(input.body),
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
  const { titleChars } = limits.jira;
  if (line.length <= titleChars) return line;
  const message = `The title has more than ${titleChars} characters.`;
  throw new OutboundError("invalid_input", message, { outcome: "refused", fields: { title: message } });
}

/** Jira refuses an issue whose labels are not on its form, so that they are left out there. */
async function labelsOnForm(
  jira: JiraClient,
  { project, labels }: CreateIssueInput,
  typeId: string,
): Promise<{ labels: string[]; warnings: CreateWarning[] }> {
  const wanted = [...new Set(labels.map(labelOf))].filter((label) => label !== "");
  if (wanted.length === 0) return { labels: wanted, warnings: [] };
  if (hasField(await listWireFields(jira, project, typeId), "labels")) return { labels: wanted, warnings: [] };
  const message = "Jira's form for this type has no labels.";
  return { labels: [], warnings: [{ kind: "fields_dropped", message }] };
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

/** What fails after a write that was accepted must not pass for a refusal of the write. */
async function afterWrite<T>(reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    if (!(error instanceof OutboundError) || error.outcome !== "refused") throw error;
    const { kind, message, status, cause } = error;
    throw new OutboundError(kind, message, { outcome: "unknown", cause, ...(status !== undefined && { status }) });
  });
}
