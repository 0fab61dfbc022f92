import type { IndexLag } from "../index-lag";
import type { Entities } from "./entities";
import { type Issue, nextId, nowText, type Project, type State, type User } from "./state";

/** What a call works on. */
export type Work = {
  state: State;
  entities: Entities;
  lag: IndexLag;
  viewer: User;
  url: URL;
  body: Record<string, unknown>;
  tell: Tell;
};

/** Something happened that hooks may want to hear of. */
export type Happening =
  | { kind: "issue"; issue: Issue; action: "open" | "close" | "reopen" | "update"; changes: object; by: User }
  | { kind: "note"; issue: Issue; noteId: number; action: "create" | "update"; by: User };
export type Tell = (happening: Happening) => void;

export const levelOf = (project: Project, viewer: User): number => project.members[viewer.id] ?? 0;

export const maySee = (project: Project, viewer: User): boolean =>
  project.visibility === "public" || levelOf(project, viewer) > 0;

export const maySeeIssue = (project: Project, issue: Issue, viewer: User): boolean =>
  !issue.confidential ||
  levelOf(project, viewer) >= 20 ||
  issue.authorId === viewer.id ||
  issue.assigneeIds.includes(viewer.id);

/** GitLab's own note about a change. */
export function addSystemNote({ state, viewer }: Pick<Work, "state" | "viewer">, issue: Issue, body: string): void {
  const at = nowText();
  state.notes.push({
    ...{ id: nextId(state), issueId: issue.id, body, authorId: viewer.id, system: true, internal: false },
    ...{ createdAt: at, updatedAt: at },
  });
}

export const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value.map(String) : typeof value === "string" ? value.split(",") : [])
    .flatMap((text) => text.split(","))
    .flatMap((text) => text.trim() || []);
