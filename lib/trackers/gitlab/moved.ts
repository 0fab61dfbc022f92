import { z } from "zod";
import { OutboundError } from "@/lib/http/outcome";
import type { Client } from "./client";
import { projectKeyOf } from "./map";
import { type WireIssue, wireIssue, wireNote } from "./wire";

const maxMoves = 3;

/**
 * The issue, or the one that it was moved to. A moved issue is closed and names its successor by an id that only
 * administrators can look up; the note about the move names it as a reference, which counts if the id is the one.
 */
export async function movedTo(client: Client, issue: WireIssue): Promise<WireIssue> {
  let current = issue;
  for (let moves = 0; moves < maxMoves && current.moved_to_id; moves++) {
    const next = await successorOf(client, current);
    // Its new project is not for this account: what can be seen is that it was closed.
    if (!next) return current;
    current = next;
  }
  return current;
}

const reference = /(?:^|\s)([\w.-]+(?:\/[\w.-]+)*)?#([1-9]\d{0,9})\b/;

async function successorOf({ call }: Client, issue: WireIssue): Promise<WireIssue | null> {
  const { data: notes } = await call(z.array(wireNote), (api) =>
    api.notes.all(issue.project_id, issue.iid, { sort: "desc", orderBy: "created_at", perPage: 100, page: 1 }),
  );
  for (const { body, system } of notes) {
    const [, path, iid] = (system ? reference.exec(body.slice(0, 500)) : null) ?? [];
    if (!iid) continue;
    const found = await shownOrNull(call, inFull(path, projectKeyOf(issue)), Number(iid));
    if (found?.id === issue.moved_to_id) return found;
  }
  return null;
}

/** References leave out what they share with where they stand: nothing, the group, or all but the number. */
const inFull = (path: string | undefined, from: string): string =>
  path === undefined ? from : path.includes("/") ? path : `${from.split("/").slice(0, -1).join("/")}/${path}`;

async function shownOrNull(call: Client["call"], project: string, iid: number): Promise<WireIssue | null> {
  try {
    return (await call(wireIssue, (api) => api.issues.show(iid, { projectId: project }))).data;
  } catch (error) {
    if (error instanceof OutboundError && (error.status === 403 || error.status === 404)) return null;
    throw error;
  }
}
