import { z } from "zod";
import { OutboundError } from "@/lib/http/outcome";
import { hasMarker } from "@/lib/richtext/our-block-markdown";
import { afterWrite, beforeWrite } from "@/lib/trackers/around-write";
import { inTheirTime } from "@/lib/trackers/clock";
import { limits } from "@/lib/trackers/limits";
import { refuseLongTitle } from "@/lib/trackers/title";
import type { CreateWarning, IssueAddress, OpenTracker, ProjectRef, RemoteIssue } from "@/lib/trackers/tracker";
import { repoOf } from "./address";
import { read } from "./client";
import { type Context, isNotFound, numberOf, pageSize, seconds } from "./context";
import type { Forms } from "./forms";
import { droppedOf, nextPageOf, projectKeyOf, toIssue } from "./map";
import type { People } from "./people";
import { type WireIssue, wireIssue, wireLabel, wireUser } from "./wire";

// Whoever outwaits a creating call outwaits one: a second one follows only if it ends hardly later.
const movedWithinMs = 5_000;
const maxPages = 10;

const closings = [
  { id: "completed", name: "Close as completed" },
  { id: "not_planned", name: "Close as not planned" },
  { id: "duplicate", name: "Close as duplicate" },
] as const;
const reopening = { id: "reopened", name: "Reopen" } as const;

/** In an address these lead to all of the labels; deleting that takes every one away. */
const isName = (label: string): boolean => !/^\s*\.{0,2}\s*$/.test(label);

/** Issues: created, found, read and changed. */
export function issues(context: Context, { valuesOf, typeNameOf }: Forms, { loginOf }: People) {
  const { octokit, getProject, homeOf } = context;
  const addressed = ({ project, ref }: IssueAddress) => ({ ...repoOf(project.key), issue_number: numberOf(ref) });

  type NewIssue = {
    title: string;
    body: string;
    labels: string[];
    assignees?: string[];
    milestone?: number | null;
    type?: string;
  };
  async function post(project: ProjectRef, input: NewIssue) {
    const { data } = await read(wireIssue, octokit.rest.issues.create({ ...repoOf(project.key), ...input }));
    return data;
  }

  async function getWire(address: IssueAddress): Promise<WireIssue> {
    const { data } = await read(wireIssue, octokit.rest.issues.get(addressed(address)));
    if (!data.pull_request) return data;
    throw new OutboundError("tracker_not_found", `#${address.ref} is a pull request.`, { outcome: "refused" });
  }

  /** A transferred issue answers from the repository that it lives in now. */
  const inItsHome = async (data: WireIssue, project: ProjectRef): Promise<RemoteIssue> =>
    toIssue(data, await homeOf(projectKeyOf(data), [project]));

  const getIssue = async (address: IssueAddress): Promise<RemoteIssue> =>
    inItsHome(await getWire(address), address.project);

  async function patch(address: IssueAddress, change: object): Promise<RemoteIssue> {
    const { data } = await read(wireIssue, octokit.rest.issues.update({ ...addressed(address), ...change }));
    return afterWrite(inItsHome(data, address.project));
  }

  /** The issue with the marker that was created since: by the account; or by anyone, the oldest, as a copy comes later. */
  async function search(project: ProjectRef, marker: string, since: Date, creator?: string) {
    const query = {
      ...repoOf(project.key),
      ...(creator !== undefined && { creator }),
      state: "all",
      sort: "created",
      direction: "desc",
      since: seconds(since),
      per_page: pageSize,
    } as const;
    let found: WireIssue | undefined;
    for (let page = 1; page <= maxPages; page++) {
      const { data, headers } = await read(z.array(wireIssue), octokit.rest.issues.listForRepo({ ...query, page }));
      found = data.findLast((issue) => !issue.pull_request && hasMarker(issue.body ?? "", marker)) ?? found;
      if (found && creator !== undefined) break;
      const isPast = (data.at(-1)?.created_at.getTime() ?? 0) < since.getTime();
      if (isPast || !nextPageOf(headers.get("link"))) return found ? toIssue(found, project) : null;
    }
    if (found) return toIssue(found, project);
    throw new OutboundError("tracker_unreadable", "There are too many new issues to look through.", {
      outcome: "unknown",
    });
  }

  async function removeLabel(address: IssueAddress, name: string): Promise<void> {
    const call = octokit.rest.issues.removeLabel({ ...addressed(address), name });
    await read(z.array(wireLabel), call).catch((error: unknown) => {
      // It is not on the issue: so it was to be. Where the issue itself is gone, the next call says so.
      if (!isNotFound(error)) throw error;
    });
  }

  /** The first assignee is the one who is meant; others that GitHub allows stay. */
  async function assigned(address: IssueAddress, userId: string | null): Promise<string[]> {
    if (userId === null) return [];
    const [, ...others] = (await getWire(address)).assignees ?? [];
    const login = await loginOf(address.project, { id: userId, name: "" });
    return [login, ...others.flatMap((one) => (one.login === login ? [] : one.login))];
  }

  return {
    getIssue,

    async createIssue({ project, title, body, labels, typeId, fields }) {
      refuseLongTitle([...title].length, limits.github);
      const type = await beforeWrite(typeNameOf(project, typeId));
      const values = await beforeWrite(valuesOf(project, fields));
      const input = { title, body, labels: [...labels], ...values, ...(type !== undefined && { type }) };
      const warnings: CreateWarning[] = [];
      const begunAt = performance.now();

      let into = project;
      const created = await post(project, input).catch(async (error: unknown) => {
        // A redirected POST did nothing; the repository's id leads to the name that it has now.
        const isMoved =
          error instanceof OutboundError && error.status !== undefined && Math.floor(error.status / 100) === 3;
        if (!isMoved) throw error;
        into = await getProject({ remoteId: project.remoteId });
        if (into.key === project.key || performance.now() - begunAt > movedWithinMs) throw error;
        warnings.push({ kind: "project_renamed", message: `${project.key} is now called ${into.key}.` });
        return post(into, input);
      });

      const dropped = droppedOf(created, input);
      if (dropped.length > 0) {
        const message = `GitHub left out ${dropped.join(", ")}: without push access to ${into.key} they cannot be set.`;
        warnings.push({ kind: "fields_dropped", message });
      }
      return { issue: toIssue(created, into), warnings };
    },

    async findByMarker({ project, marker, since }) {
      const { data: me, headers } = await read(wireUser, octokit.rest.users.getAuthenticated());
      const from = inTheirTime(since, headers);
      // Another account's credential may have been entered since, so that whose issue it is proves nothing.
      return (await search(project, marker, from, me.login)) ?? (await search(project, marker, from));
    },

    async updateIssue(address, { title, body, addLabels = [], removeLabels = [], assignee, fields = [] }) {
      const change = {
        ...(title !== undefined && { title }),
        ...(body !== undefined && { body }),
        ...(await beforeWrite(valuesOf(address.project, fields))),
        ...(assignee !== undefined && { assignees: await beforeWrite(assigned(address, assignee)) }),
      };
      let isWritten = Object.keys(change).length > 0;
      const changed = isWritten ? await patch(address, change) : null;
      // Labels are calls of their own: what fails after the first is no refusal of the whole.
      const step = async <T>(call: Promise<T>): Promise<T> => {
        const done = await (isWritten ? afterWrite(call) : call);
        isWritten = true;
        return done;
      };
      if (addLabels.length > 0) {
        const call = octokit.rest.issues.addLabels({ ...addressed(address), labels: [...addLabels] });
        await step(read(z.array(wireLabel), call));
      }
      const gone = removeLabels.filter(isName);
      for (const name of gone) await step(removeLabel(address, name));
      const isShown = changed && addLabels.length === 0 && gone.length === 0;
      return isShown ? changed : step(getIssue(address));
    },

    async getText(address) {
      return (await getWire(address)).body ?? "";
    },

    async listTransitions(address) {
      const isClosed = (await getWire(address)).state === "closed";
      const to = isClosed
        ? ({ name: "open", category: "open" } as const)
        : ({ name: "closed", category: "done" } as const);
      return (isClosed ? [reopening] : closings).map((way) => ({ ...way, to, fields: [] }));
    },

    async transition(address, { id }) {
      if (id === reopening.id) return patch(address, { state: "open", state_reason: id });
      if (closings.some((way) => way.id === id)) return patch(address, { state: "closed", state_reason: id });
      throw new OutboundError("tracker_refused", "GitHub knows no such way to close an issue.", { outcome: "refused" });
    },
  } satisfies Partial<OpenTracker>;
}
