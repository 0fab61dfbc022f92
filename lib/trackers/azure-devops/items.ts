import { OutboundError } from "@/lib/http/outcome";
import { afterWrite, beforeWrite } from "@/lib/trackers/around-write";
import { limits } from "@/lib/trackers/limits";
import { offsetOf } from "@/lib/trackers/offset";
import { remoteNumber } from "@/lib/trackers/remote-number";
import { refuseLongTitle } from "@/lib/trackers/title";
import type {
  CreateIssueInput,
  IssueAddress,
  IssueChange,
  OpenTracker,
  ProjectRef,
  RemoteIssue,
} from "@/lib/trackers/tracker";
import type { Client } from "./client";
import { toIssue } from "./map";
import { mediaType, type Operation, setField, testRev, toWire } from "./patch";
import { people } from "./people";
import { processOf } from "./process";
import type { Projects } from "./projects";
import { hasTag, markerTag, mergeTags, tagsOf, toTags } from "./tags";
import { changedQuery, searchQuery, taggedQuery } from "./wiql";
import { type WireItem, wireItem, wireItems, wireQueryResult } from "./wire";

const pageSize = 50;
const changedAtOnce = 200;
const itemsAtOnce = 200;
// Of what one query may find.
const mostFound = 1_000;

/** Work items: read, looked for, created and changed. */
export function items(client: Client, { homeOf }: Projects) {
  const process = processOf(client);
  const who = people(client);

  const read = async (ref: string, query: { $expand?: string } = {}): Promise<WireItem> =>
    (await client.call("items", wireItem, { route: { id: numberOf(ref) }, query })).data;

  async function toRemote(item: WireItem, near: readonly ProjectRef[]): Promise<RemoteIssue> {
    const project = await homeOf(item.fields["System.TeamProject"], near);
    const { "System.WorkItemType": type, "System.State": state } = item.fields;
    return toIssue(item, project, client.baseUrl, await process.categoryOf(project, type, state));
  }

  /** Ids by a query, in its order, and when it was asked; it says in which project where it is asked in one. */
  async function query(text: string, top: number, project?: ProjectRef): Promise<{ ids: number[]; asOf: Date }> {
    const { data } = await client.call("wiql", wireQueryResult, {
      method: "POST",
      ...(project && { route: { project: project.remoteId } }),
      // Without it the time of day is left out of dates.
      query: { timePrecision: true, $top: top },
      body: { query: text },
      isRead: true,
    });
    return { ids: data.workItems.map(({ id }) => id).slice(0, top), asOf: data.asOf };
  }

  /** Work items by ids, in their order; what is gone in the meantime is left out. */
  async function readAll(ids: readonly number[]): Promise<WireItem[]> {
    const found = new Map<number, WireItem>();
    for (let from = 0; from < ids.length; from += itemsAtOnce) {
      const part = ids.slice(from, from + itemsAtOnce);
      const { data } = await client.call("items", wireItems, { query: { ids: part.join(","), errorPolicy: "omit" } });
      for (const item of data.value) if (item) found.set(item.id, item);
    }
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  const toRemotes = async (all: readonly WireItem[], near: readonly ProjectRef[]) => {
    const issues: RemoteIssue[] = [];
    for (const item of all) issues.push(await toRemote(item, near));
    return issues;
  };

  /**
   * Changes a work item as it was read: a change by somebody else in between is refused by the server, and then what is
   * to be changed is worked out anew, once.
   */
  async function change(
    ref: string,
    plan: (item: WireItem) => Promise<Operation[]>,
    query?: { $expand: string },
  ): Promise<WireItem> {
    const attempt = async () => {
      const item = await beforeWrite(read(ref, query));
      const patch = await beforeWrite(plan(item));
      // A revision for nothing would be one of the 10,000 that a work item may have.
      if (patch.length === 0) return item;
      const body = [testRev(item.rev), ...patch];
      return (await client.call("items", wireItem, { method: "PATCH", route: { id: item.id }, body, mediaType })).data;
    };
    return attempt().catch((error: unknown) => {
      if (error instanceof OutboundError && error.kind === "conflict") return attempt();
      throw error;
    });
  }

  async function textOf(item: WireItem, near: readonly ProjectRef[]): Promise<string> {
    const project = await homeOf(item.fields["System.TeamProject"], near);
    const field = (await process.textField(project, item.fields["System.WorkItemType"])) ?? "System.Description";
    if (/^markdown$/i.test(item.multilineFieldsFormat?.[field] ?? "")) throw isMarkdown();
    return field;
  }

  async function planOf(item: WireItem, near: ProjectRef, wanted: IssueChange): Promise<Operation[]> {
    const patch: Operation[] = [];
    const set = (name: string, value: unknown) => {
      if (item.fields[name] !== value) patch.push(setField(name, value));
    };
    if (wanted.title !== undefined) set("System.Title", checkedTitle(wanted.title));
    if (wanted.body !== undefined) set(await textOf(item, [near]), wanted.body);
    const there = tagsOf(item.fields["System.Tags"]);
    const tags = mergeTags(there, wanted.addLabels ?? [], wanted.removeLabels ?? []);
    if (toTags(tags) !== toTags(there)) patch.push(setField("System.Tags", toTags(tags)));
    if (wanted.assignee !== undefined) {
      patch.push(setField("System.AssignedTo", wanted.assignee === null ? "" : await who.accountOf(wanted.assignee)));
    }
    for (const field of wanted.fields ?? []) set(field.id, await valueToSend(field));
    return patch;
  }

  const valueToSend = async (field: Parameters<typeof toWire>[0]) => {
    const value = toWire(field);
    return field.kind === "user" && typeof value === "string" && value ? who.accountOf(value) : value;
  };

  /** The type of a new work item, and its fields. */
  async function planFor({ project, body, labels, marker, fields, ...input }: CreateIssueInput) {
    const title = checkedTitle(input.title);
    const type = input.typeId ?? (await process.usualType(project));
    const textField = input.textField ?? (await process.textField(project, type));
    const given = fields.filter(({ value }) => value !== null);
    const patch = [
      setField("System.Title", title),
      ...(textField ? [setField(textField, body)] : []),
      setField("System.Tags", toTags(mergeTags([markerTag(marker)], labels, []))),
      ...(await Promise.all(given.map(async (field) => setField(field.id, await valueToSend(field))))),
    ];
    return { type, body: patch };
  }

  return {
    read,
    change,

    async getIssue({ project, ref }: IssueAddress) {
      return toRemote(await read(ref), [project]);
    },

    async createIssue(input: CreateIssueInput) {
      const { project } = input;
      const { type, body } = await beforeWrite(planFor(input));
      const { data: item } = await client.call("create", wireItem, {
        method: "POST",
        route: { project: project.remoteId, type },
        body,
        mediaType,
      });
      // The issue is there, whatever can be learned about its state.
      const category = await process
        .categoryOf(project, type, item.fields["System.State"])
        .catch(() => "open" as const);
      const key = item.fields["System.TeamProject"];
      return { issue: toIssue(item, { ...project, key }, client.baseUrl, category), warnings: [] };
    },

    async findByMarker({ project, marker }: Parameters<NonNullable<OpenTracker["findByMarker"]>>[0]) {
      const tag = markerTag(marker);
      const found = await readAll((await query(taggedQuery(tag), itemsAtOnce, project)).ids);
      const item = found.find(({ fields }) => hasTag(tagsOf(fields["System.Tags"]), tag));
      return item ? toRemote(item, [project]) : null;
    },

    async updateIssue({ project, ref }: IssueAddress, wanted: IssueChange) {
      return afterWrite(toRemote(await change(ref, (item) => planOf(item, project, wanted)), [project]));
    },

    async getText({ project, ref }: IssueAddress) {
      const item = await read(ref);
      const text = item.fields[await textOf(item, [project])];
      return typeof text === "string" ? text : "";
    },

    async listTransitions({ project, ref }: IssueAddress) {
      const { fields } = await read(ref);
      const home = await homeOf(fields["System.TeamProject"], [project]);
      const states = await process.reachable(home, fields["System.WorkItemType"], fields["System.State"]);
      // What a state asks for shows only when it is tried: rules are not told.
      return states.map(({ name, category }) => ({ id: name, name, to: { name, category }, fields: [] }));
    },

    async transition(
      { project, ref }: IssueAddress,
      { id, fields }: Parameters<NonNullable<OpenTracker["transition"]>>[1],
    ) {
      const plan = async (item: WireItem) => {
        const more = await planOf(item, project, { fields });
        return item.fields["System.State"] === id ? more : [setField("System.State", id), ...more];
      };
      return afterWrite(toRemote(await change(ref, plan), [project]));
    },

    async searchIssues({ projects, query: typed, cursor }: Parameters<NonNullable<OpenTracker["searchIssues"]>>[0]) {
      const from = offsetOf(cursor);
      const top = Math.min(from + pageSize + 1, mostFound);
      if (from >= mostFound) return { items: [], next: null };
      const ask = async (...texts: string[]) => {
        const asked = searchQuery(projects, typed, texts);
        return asked === null ? [] : (await query(asked, top)).ids;
      };
      const ids = await ask("System.Description", "Microsoft.VSTS.TCM.ReproSteps").catch((error: unknown) => {
        // A Server none of whose processes knows bugs refuses a query for their text.
        if (error instanceof OutboundError && error.status === 400) return ask("System.Description");
        throw error;
      });
      const found = await readAll(ids.slice(from, from + pageSize));
      return {
        items: await toRemotes(found, projects),
        next: ids.length > from + pageSize ? String(from + pageSize) : null,
      };
    },

    async listChanged({ project, since, cursor }: Parameters<NonNullable<OpenTracker["listChanged"]>>[0]) {
      const { at, seen } = cursorOf(cursor) ?? { at: since, seen: [] };
      const { ids, asOf } = await query(changedQuery(at), changedAtOnce + seen.length, project);
      const found = await readAll(ids.filter((id) => !seen.includes(id)));
      // What has changed since the query was answered has left its place in the order, and comes again at the end.
      const inOrder = found.filter((item) => changedAt(item) <= asOf.getTime());
      const items = (await toRemotes(inOrder, [project])).toSorted((a, b) => Number(a.updatedAt) - Number(b.updatedAt));
      if (inOrder.length === found.length && ids.length < changedAtOnce + seen.length) return { items, next: null };
      // What follows begins at the moment of the last one, so that others of the same moment are not missed.
      const last = inOrder.at(-1)?.fields["System.ChangedDate"] ?? at;
      const together = inOrder.filter((item) => changedAt(item) === last.getTime()).map(({ id }) => id);
      const kept = last.getTime() === at.getTime() ? seen : [];
      return { items, next: JSON.stringify([last, ...kept, ...together]) };
    },
  };
}

const changedAt = ({ fields }: WireItem): number => fields["System.ChangedDate"].getTime();

function cursorOf(cursor: string | null | undefined): { at: Date; seen: number[] } | null {
  if (!cursor) return null;
  const [at, ...seen]: unknown[] = JSON.parse(cursor);
  return { at: new Date(String(at)), seen: seen.map(Number) };
}

export const numberOf = (ref: string): number => remoteNumber(ref, "work item");

function checkedTitle(title: string): string {
  // The database counts a sign beyond the first plane of Unicode as two.
  refuseLongTitle(title.length, limits.azureDevops);
  return title;
}

/** HTML in a Markdown field would come alive in its blank lines, and the server turns no field back. */
const isMarkdown = () =>
  new OutboundError(
    "tracker_refused",
    "Somebody has made this text Markdown on Azure DevOps, which cannot be undone there. Faultline writes HTML and leaves it alone.",
    { outcome: "refused" },
  );
