import { z } from "zod";
import { doc, paragraph } from "@/lib/richtext/build";
import { toWiki } from "@/lib/richtext/to-wiki";
import { type JiraClient, read } from "@/lib/trackers/jira/client";
import { basic, type Edition } from "@/lib/trackers/jira/edition";
import { wireFound } from "@/lib/trackers/jira/wire";
import { offsetOf } from "@/lib/trackers/offset";
import { findUsers } from "./users";

const wireSearch = z.object({ issues: z.array(wireFound).default([]), total: z.number().optional() });

/** What is Data Center's own. */
export const edition: Edition = {
  hostOf: ({ baseUrl }) => baseUrl,
  authorizationOf({ type, values: { token = "", username = "", password = "" } }) {
    return type === "basic" ? basic(username, password) : `Bearer ${token}`;
  },
  async load(options) {
    const { Version2Client } = await import("jira.js/version2");
    // Its methods have the names and parameters of version 3's; only their paths and texts differ.
    return new Version2Client(options) as unknown as JiraClient;
  },

  userIdOf: ({ name }) => name || undefined,
  writeUser: (id) => ({ name: id }),
  userUrl: (baseUrl, { remoteId }) => `${baseUrl}/secure/ViewProfile.jspa?name=${encodeURIComponent(remoteId)}`,
  hasOldMeta: true,
  permissionsOf: ({ permissions }, { keys: _, ...where }) => permissions.getMyPermissions(where),
  findUsers,

  async search({ issueSearch }, { jql, fields, maxResults, cursor }) {
    const startAt = offsetOf(cursor);
    const call = issueSearch.searchForIssuesUsingJql({ jql, fields, maxResults, startAt });
    const { data, headers } = await read(wireSearch, call);
    const end = startAt + data.issues.length;
    const isLast = data.issues.length === 0 || end >= (data.total ?? 0);
    return { issues: data.issues, next: isLast ? null : String(end), headers };
  },
  searchTellsProperties: false,
  pagesByToken: false,

  readText: (value) => (typeof value === "string" ? value : ""),
  writeText: (body) => body,
  writePlain: (text) => toWiki(doc(...text.split(/(?:\r?\n){2,}/).map((part) => paragraph(part)))).output,
};
