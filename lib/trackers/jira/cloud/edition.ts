import { z } from "zod";
import { AppError } from "@/lib/errors";
import { doc, paragraph } from "@/lib/richtext/build";
import { toAdf } from "@/lib/richtext/to-adf";
import { read } from "@/lib/trackers/jira/client";
import { basic, type Edition } from "@/lib/trackers/jira/edition";
import { wireFound } from "@/lib/trackers/jira/wire";
import { hostOf } from "./gateway";
import { findUsers } from "./users";

const wireSearch = z.object({
  issues: z.array(wireFound).default([]),
  nextPageToken: z.string().nullish(),
  isLast: z.boolean().optional(),
});
const wireDocument = z.looseObject({
  type: z.literal("doc"),
  version: z.literal(1),
  content: z.array(z.looseObject({ type: z.string() })),
});
const wireText = z
  .string()
  .transform((text, context) => {
    try {
      const json: unknown = JSON.parse(text);
      return json;
    } catch {
      context.addIssue("is no JSON");
      return z.NEVER;
    }
  })
  .pipe(wireDocument);
const nothing = { version: 1, type: "doc", content: [] };

/** What is Cloud's own. */
export const edition: Edition = {
  hostOf,
  authorizationOf({ type, values: { email = "", token = "" } }) {
    return type === "oauth" ? `Bearer ${token}` : basic(email, token);
  },
  async load(options) {
    const { Version3Client } = await import("jira.js/version3");
    return new Version3Client(options);
  },

  userIdOf: ({ accountId }) => accountId,
  writeUser: (id) => ({ accountId: id }),
  userUrl: (baseUrl, { remoteId }) => `${baseUrl}/jira/people/${encodeURIComponent(remoteId)}`,
  hasOldMeta: false,
  permissionsOf: ({ permissions }, { keys, ...where }) =>
    permissions.getMyPermissions({ ...where, permissions: keys.join(",") }),
  findUsers,

  async search({ issueSearch }, { jql, fields, properties, maxResults, cursor }) {
    const call = issueSearch.searchForIssuesUsingJqlEnhancedSearch({
      ...{ jql, fields, maxResults },
      ...(properties && { properties }),
      ...(cursor !== null && { nextPageToken: cursor }),
    });
    const { data, headers } = await read(wireSearch, call);
    return { issues: data.issues, next: data.isLast ? null : data.nextPageToken || null, headers };
  },
  searchTellsProperties: true,
  pagesByToken: true,

  readText: (value) => JSON.stringify(value ?? nothing),
  writeText(body) {
    // A string would be wrapped by jira.js, and shown to people as it is.
    const { data } = wireText.safeParse(body || JSON.stringify(nothing));
    if (data) return data;
    throw new AppError("invalid_input", "The text is no document of Atlassian's format.");
  },
  writePlain: (text) => toAdf(doc(...text.split(/(?:\r?\n){2,}/).map((part) => paragraph(part)))).output,
};
