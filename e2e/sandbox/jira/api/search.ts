import { createHash } from "node:crypto";
import { z } from "zod";
import type { Answer } from "../../faults";
import { json } from "../../front";
import type { Call, Routes } from "../call";
import { readBody } from "../issues/create";
import { issueJson, type Wanted, wantedBy } from "../issues/json";
import { search } from "../jql/run";
import { Refusal } from "../refusal";

const cloudInput = z.object({
  jql: z.string().default(""),
  nextPageToken: z.string().nullish(),
  maxResults: z.number().int().default(50),
  fields: z.array(z.string()).default([]),
  properties: z.array(z.string()).default([]),
  reconcileIssues: z.array(z.number()).default([]),
});

const cheap = ["id", "key"];

function cloudSearch(call: Call, sent: unknown): Answer {
  const input = readBody(cloudInput, sent);
  const { jql, fields, properties, nextPageToken, maxResults } = input;
  if (properties.length > 5) throw new Refusal(400, ["The maximum number of properties is 5."]);
  if (input.reconcileIssues.length > 50) throw new Refusal(400, ["The maximum number of issues to reconcile is 50."]);
  const found = search(call, jql, { mustBeBounded: true, sureOf: input.reconcileIssues.map(String) });

  const digest = createHash("sha256").update(jql).digest("base64url").slice(0, 8);
  const start = nextPageToken ? startOf(nextPageToken, digest) : 0;
  // Ids alone come in large pages, whole issues in small ones; Jira may always return fewer than asked for.
  const most = fields.every((name) => cheap.includes(name)) && properties.length === 0 ? 5_000 : 100;
  const end = start + Math.max(1, Math.min(maxResults, most));
  const isLast = end >= found.length;
  const wanted: Wanted = { fields, properties };
  return json({
    issues: found.slice(start, end).map((issue) => {
      if (fields.length === 0 && properties.length === 0) return { id: issue.id };
      const full = issueJson(call, issue, wanted, "id");
      return fields.length === 0 ? { id: full.id, properties: full.properties } : full;
    }),
    isLast,
    ...(!isLast && { nextPageToken: Buffer.from(`${digest}:${end}`).toString("base64url") }),
  });
}

function startOf(token: string, digest: string): number {
  const [whose, at] = Buffer.from(token, "base64url").toString().split(":");
  if (whose !== digest || !/^\d+$/.test(at ?? ""))
    throw new Refusal(400, ["The provided next page token is invalid or expired."]);
  return Number(at);
}

const numbers = (query: URLSearchParams, name: string) =>
  query
    .getAll(name)
    .flatMap((text) => text.split(","))
    .map(Number);

export const cloudSearchRoutes: Routes = {
  "GET /search/jql": (call) => {
    const { fields, properties } = wantedBy(call.query);
    const { jql, nextPageToken } = Object.fromEntries(call.query);
    return cloudSearch(call, {
      jql,
      nextPageToken,
      maxResults: Number(call.query.get("maxResults") ?? 50),
      fields: fields ?? [],
      properties,
      reconcileIssues: numbers(call.query, "reconcileIssues"),
    });
  },
  "POST /search/jql": (call) => cloudSearch(call, call.body),
  "POST /search/approximate-count": (call) => {
    const { jql } = readBody(z.object({ jql: z.string() }), call.body);
    return json({ count: search(call, jql, { mustBeBounded: true }).length });
  },
};

const dcInput = z.object({
  jql: z.string().default(""),
  startAt: z.number().int().default(0),
  maxResults: z.number().int().default(50),
  fields: z.array(z.string()).nullish(),
});

/** Data Center has pages by number and no issue properties in its search. */
function dcSearch(call: Call, sent: unknown): Answer {
  const { jql, startAt, maxResults, fields } = readBody(dcInput, sent);
  const found = search(call, jql, { mustBeBounded: false });
  const most = Math.min(maxResults < 0 ? 1_000 : maxResults, 1_000);
  const wanted: Wanted = { fields: fields ?? null, properties: [] };
  return json({
    expand: "schema,names",
    startAt,
    maxResults: most,
    total: found.length,
    issues: found.slice(startAt, startAt + most).map((issue) => issueJson(call, issue, wanted, "*navigable")),
  });
}

export const dcSearchRoutes: Routes = {
  "GET /search": (call) =>
    dcSearch(call, {
      jql: call.query.get("jql") ?? "",
      startAt: Number(call.query.get("startAt") ?? 0),
      maxResults: Number(call.query.get("maxResults") ?? 50),
      fields: wantedBy(call.query).fields,
    }),
  "POST /search": (call) => dcSearch(call, call.body),
};
