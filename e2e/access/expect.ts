import type { Role, Things } from "./world";

/**
 * Who may do something: anyone, whoever is signed in (to the workspace that the ids are of), a project's viewer, member
 * or admin and those above, or the workspace's administrators.
 */
export type Level = "anyone" | "signedIn" | "viewer" | "member" | "projectAdmin" | "admin";

/** One reviewed row: who may, which ids it takes, and a call that succeeds. */
export type Row = {
  level: Level;
  /** The ids that the call takes, the outermost first. Each is swapped for a foreign, a random and a malformed one. */
  ids?: readonly (keyof Things)[];
  /** The status of a success; default 200 (303 for an action that goes on to another page). */
  ok?: number;
  /** The status for a guest, where it is not 401. */
  guest?: number;
  /** Brings the things into the state that the call starts from. */
  prepare?: (things: Things, userId: string) => Promise<unknown>;
  /** What the contract says, where it cannot say the level: the project is known only once the thing has been read. */
  declared?: Level;
  /** The status when an id is wrong, where it is not 404. */
  wrong?: number;
  /** Why no part of the matrix applies: the code is not ours, or it has a test of its own, named here. */
  elsewhere?: string;
};

const below: Record<Exclude<Level, "anyone" | "signedIn">, Partial<Record<Role, number>>> = {
  viewer: { outsider: 404, stranger: 404 },
  member: { outsider: 404, stranger: 404, viewer: 403 },
  projectAdmin: { outsider: 404, stranger: 404, viewer: 403, member: 403 },
  admin: { stranger: 403, viewer: 403, member: 403, projectAdmin: 403 },
};

/** The status that a role gets with ids of its own workspace's things; undefined: it may. */
export function denial(row: Row, role: Role): number | undefined {
  if (row.level === "anyone") return undefined;
  if (role === "guest") return row.guest ?? 401;
  // To another workspace's people these ids are foreign.
  if (role === "outsider" && row.ids?.length) return row.wrong ?? 404;
  if (row.level === "signedIn" || role === "outsider") return undefined;
  return below[row.level][role];
}

/** The status with one id wrong. Whoever may not do it at all learns nothing more, except that a foreign project is none. */
export function wrongIdStatus(row: Row, role: Role, id: keyof Things): number {
  if (role === "guest" && row.level !== "anyone") return 401;
  const absent = row.wrong ?? 404;
  if (row.level === "admin") return denial({ ...row, ids: [] }, role) ?? absent;
  if (id === "projectId") return absent;
  return denial(row, role) ?? absent;
}
