/** What the sandbox GitLab keeps. Plain data, so that a snapshot is a copy. */
export type State = {
  lastId: number;
  users: User[];
  projects: Project[];
  issues: Issue[];
  notes: Note[];
  labels: Label[];
  milestones: Milestone[];
  hooks: Hook[];
  uploads: Upload[];
  /** Paths that projects had before, and whose they were. */
  formerPaths: Record<string, number>;
};

export type User = { id: number; username: string; name: string; state: "active" | "blocked"; bot: boolean };

export type Project = {
  id: number;
  /** With the groups it is in: acme/web/checkout. */
  path: string;
  description: string;
  visibility: "private" | "internal" | "public";
  archived: boolean;
  issues: "enabled" | "private" | "disabled";
  /** Roles by user id; those of groups above are among them. */
  members: Record<number, number>;
  /** Who of them is a member of the project itself. */
  direct: number[];
  lastIid: number;
  createdAt: string;
};

export type Issue = {
  id: number;
  iid: number;
  projectId: number;
  title: string;
  description: string | null;
  state: string;
  type: string;
  authorId: number;
  assigneeIds: number[];
  labels: string[];
  milestoneId: number | null;
  dueDate: string | null;
  confidential: boolean;
  weight: number | null;
  movedToId: number | null;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
};

export type Note = {
  id: number;
  issueId: number;
  body: string;
  authorId: number;
  system: boolean;
  internal: boolean;
  createdAt: string;
  updatedAt: string;
};

/** Of a project, or of a group and all below it. */
type Owned = { projectId: number | null; group: string | null };
export type Label = Owned & { id: number; name: string; color: string; description: string };
export type Milestone = Owned & { id: number; iid: number; title: string; state: "active" | "closed"; dueDate: string };

export type Hook = {
  id: number;
  projectId: number;
  url: string;
  token: string;
  /** What it is told of: "issues_events". */
  events: Record<string, boolean>;
  createdAt: string;
  failures: number;
};

export type Upload = { projectId: number; secret: string; name: string; mediaType: string; base64: string };

export const roles = { guest: 10, reporter: 20, developer: 30, maintainer: 40, owner: 50 } as const;

export const nextId = (state: State): number => {
  state.lastId += 1;
  return state.lastId;
};

export const nowText = () => new Date().toISOString();

/** What belongs to the project itself or to a group above it. */
export const ownedBy = <T extends Owned>(all: readonly T[], project: Project): T[] =>
  all.filter(
    ({ projectId, group }) => projectId === project.id || (group !== null && project.path.startsWith(`${group}/`)),
  );

export function get<T extends { id: number }>(all: readonly T[], id: number): T {
  const found = all.find((one) => one.id === id);
  if (!found) throw new Error(`The sandbox has nothing with id ${id}.`);
  return found;
}
