import { z } from "zod";

// What we use of GitHub's answers; the rest is stripped. octokit reads integers past 2^53 as bigint.
const id = z.union([z.number(), z.bigint()]).transform(String);

// It becomes a link on our pages: a server that somebody entered must not put a script there.
const webUrl = z.url({ protocol: /^https?$/ });

export const wireUser = z.object({
  id,
  login: z.string(),
  name: z.string().nullish(),
  html_url: webUrl,
});

export const wireRepo = z.object({
  id,
  name: z.string(),
  full_name: z.string(),
  html_url: webUrl,
  private: z.boolean(),
  visibility: z.string().optional(),
  archived: z.boolean().default(false),
  has_issues: z.boolean().default(true),
  permissions: z.object({ push: z.boolean().default(false), triage: z.boolean().default(false) }).optional(),
});

export const wireIssue = z.object({
  id,
  number: z.number().int(),
  html_url: webUrl,
  repository_url: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.string(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])),
  user: wireUser.pick({ id: true, login: true }).nullish(),
  assignee: wireUser.pick({ id: true, login: true }).nullish(),
  created_at: z.string(),
  updated_at: z.string(),
  // Present on pull requests, which GitHub lists among the issues.
  pull_request: z.unknown().optional(),
});

export const wireError = z.object({
  message: z.string(),
  documentation_url: z.string().optional().catch(undefined),
  errors: z
    .array(
      z.union([
        z.string().transform((message) => ({ field: undefined, code: undefined, message })),
        z.object({ field: z.string().optional(), code: z.string().optional(), message: z.string().optional() }),
      ]),
    )
    .optional()
    .catch(undefined),
});

export type WireUser = z.output<typeof wireUser>;
export type WireRepo = z.output<typeof wireRepo>;
export type WireIssue = z.output<typeof wireIssue>;
