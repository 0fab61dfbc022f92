import type { z } from "zod";
import type { Credential, RemoteUser, Site } from "@/lib/trackers/tracker";
import type { Document, JiraClient } from "./client";
import type { WireFound, WireUser, wireUsers } from "./wire";

/** A page of a search, and where the next page is. */
export type SearchPage = { issues: WireFound[]; next: string | null; headers: Headers };

export type Search = {
  jql: string;
  fields: string[];
  /** Issue properties that come along, where the edition's search can. */
  properties?: string[];
  maxResults: number;
  cursor: string | null;
};

/** What differs between Cloud and Data Center where the rest is alike. */
export interface Edition {
  /** Where the API is; a scoped token's is not on the site. */
  hostOf(site: Site): string;
  /** What a call says of who makes it. */
  authorizationOf(credential: Credential): string;
  /** jira.js with the version of the API, loaded by the first call. */
  load(options: ClientOptions): Promise<JiraClient>;

  /** By what the API knows a person. */
  userIdOf(user: Pick<WireUser, "accountId" | "name">): string | undefined;
  /** How a person is written into a field. */
  writeUser(id: string): Record<string, string>;
  userUrl(baseUrl: string, user: RemoteUser): string;
  /** Whether old servers of it describe their forms all at once. */
  readonly hasOldMeta: boolean;

  /** What is asked for of an account's permissions; Data Center tells all. */
  permissionsOf(client: JiraClient, asked: { keys: readonly string[]; projectId?: string }): Promise<unknown>;
  findUsers(client: JiraClient, search: UserSearch): Promise<UserPage>;

  search(client: JiraClient, search: Search): Promise<SearchPage>;
  /** Whether a search tells properties; they are asked for one by one where it does not. */
  readonly searchTellsProperties: boolean;
  /** Whether a page follows by a token, so that no change between two pages shifts it. */
  readonly pagesByToken: boolean;

  /** An issue's or a comment's text, between Jira's JSON and the tracker's `bodyFormat`. */
  readText(value: unknown): string;
  writeText(body: string): Document | string;
  /** Plain text for a field of several lines. */
  writePlain(text: string): unknown;
}

export type ClientOptions = { host: string; baseRequestConfig: object };

export type UserSearch = {
  /** Empty: everybody. */
  query: string;
  /** Only those that an issue of the project can be given to. */
  projectId: string | null;
  cursor: string | null;
};

export type UserPage = { users: Readonly<z.output<typeof wireUsers>>; next: string | null };

/** A tracker that is open: what its methods share. */
export type Context = {
  site: Site;
  edition: Edition;
  client(): Promise<JiraClient>;
};

export const basic = (name: string, secret: string) => `Basic ${Buffer.from(`${name}:${secret}`).toString("base64")}`;
