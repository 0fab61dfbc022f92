import { createHash } from "node:crypto";

/** Everything the organisation holds, as plain data: a snapshot is a copy of it. */
export type State = {
  projects: Project[];
  users: User[];
  items: Item[];
  comments: Comment[];
  attachments: Attachment[];
  subscriptions: Subscription[];
  nextItemId: number;
  nextCommentId: number;
};

export type Tree = { name: string; children?: Tree[] };
export type Project = {
  id: string;
  name: string;
  process: "Basic" | "Agile" | "Scrum" | "CMMI";
  visibility: "private" | "public";
  description: string;
  areas: Tree[];
  iterations: Tree[];
  tags: string[];
  /** Fields of one type that only this project's process has. */
  extraFields: { type: string; fields: CustomField[] } | null;
};
export type CustomField = { ref: string; name: string; type: string; isRequired?: boolean; allowed?: string[] };

export type User = { id: string; descriptor: string; name: string; account: string; isActive: boolean };

/** Identity fields hold the account. */
export type Item = {
  id: number;
  rev: number;
  project: string;
  type: string;
  fields: Record<string, unknown>;
  formats: Record<string, "markdown" | "html">;
  relations: { rel: string; url: string; attributes: Record<string, unknown> }[];
  isDeleted: boolean;
};
export type Comment = {
  id: number;
  itemId: number;
  version: number;
  text: string;
  format: "markdown" | "html";
  by: string;
  createdDate: string;
  modifiedDate: string;
  isDeleted: boolean;
};
export type Attachment = { id: string; name: string; base64: string };
export type Subscription = {
  id: string;
  eventType: string;
  publisherInputs: Record<string, string>;
  consumerInputs: Record<string, string>;
  createdDate: string;
  by: string;
  status: string;
};

/** The same id for the same name, at each start. */
export function guidOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const projectOf = (state: State, nameOrId: string): Project | undefined =>
  state.projects.find(({ id, name }) => id === nameOrId.toLowerCase() || name.toLowerCase() === nameOrId.toLowerCase());

/** Somebody by account, id or name, as identities are written. */
export function userOf(state: State, given: string): User | undefined {
  const wanted = (/<([^<>]+)>$/.exec(given)?.[1] ?? given).trim().toLowerCase();
  return state.users.find(({ id, name, account }) => [id, name.toLowerCase(), account.toLowerCase()].includes(wanted));
}

/** All paths of a tree under the project's name. */
export function pathsOf(root: string, trees: readonly Tree[]): string[] {
  const below = (above: string, nodes: readonly Tree[]): string[] =>
    nodes.flatMap(({ name, children }) => [`${above}\\${name}`, ...below(`${above}\\${name}`, children ?? [])]);
  return [root, ...below(root, trees)];
}
