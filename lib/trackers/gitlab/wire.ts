import { z } from "zod";
import { moment, webUrl } from "@/lib/trackers/wire";

// What we use of GitLab's answers; the rest is stripped.
const id = z.number().int().positive().transform(String);

export const wireUser = z.object({
  id,
  username: z.string(),
  name: z.string(),
  state: z.string().optional(),
  // Shown to administrators, or where the person has made it public.
  email: z.string().nullish(),
  public_email: z.string().nullish(),
});

export const wireMe = wireUser.extend({ web_url: webUrl });

export const wireToken = z.object({
  scopes: z.array(z.string()),
  // Newer tokens can be given single permissions instead of scopes.
  granular: z.boolean().default(false),
});

export const wireMetadata = z.object({ version: z.string() });

const access = z.object({ access_level: z.number() }).nullish();

export const wireProject = z.object({
  id,
  name: z.string(),
  path_with_namespace: z.string(),
  web_url: webUrl,
  visibility: z.string().optional(),
  archived: z.boolean().default(false),
  issues_enabled: z.boolean().optional(),
  issues_access_level: z.string().optional(),
  permissions: z.object({ project_access: access, group_access: access }).nullish(),
});

export const wireIssue = z.object({
  id,
  iid: z.number().int().positive(),
  project_id: id,
  title: z.string(),
  description: z.string().nullish(),
  state: z.string(),
  issue_type: z.string().optional(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])),
  author: wireUser.nullish(),
  assignees: z.array(wireUser).default([]),
  milestone: z.object({ id }).nullish(),
  due_date: z.string().nullish(),
  confidential: z.boolean().default(false),
  // The key itself is there only where the project's plan has weights.
  weight: z.number().nullish(),
  web_url: webUrl,
  references: z.object({ full: z.string() }),
  moved_to_id: id.nullish(),
  created_at: moment,
  updated_at: moment,
});

export const wireLabel = z.object({ name: z.string(), archived: z.boolean().default(false) });

export const wireMilestone = z.object({ id, title: z.string(), due_date: z.string().nullish() });

export const wireNote = z.object({
  id,
  body: z.string(),
  author: wireUser.nullish(),
  system: z.boolean().default(false),
  internal: z.boolean().nullish(),
  // What `internal` was called before 15.5.
  confidential: z.boolean().nullish(),
  created_at: moment,
  updated_at: moment,
});

export const wireUpload = z.object({
  id: id.optional(),
  alt: z.string().optional(),
  url: z.string(),
  full_path: z.string().optional(),
});

export const wireHook = z.object({
  id,
  url: z.string(),
  // "executable", "temporarily_disabled" or "disabled".
  alert_status: z.string().default("executable"),
});

const said = z.union([
  z.string().transform((text) => [text]),
  z.array(z.string()),
  z.record(z.string(), z.unknown()).transform((nested) => [JSON.stringify(nested)]),
]);

/** `{message}`: a sentence, or reasons by field; `{error}`: a sentence or, of OAuth, a code. */
export const wireError = z.object({
  message: z
    .union([z.string(), z.record(z.string(), said.catch([]))])
    .optional()
    .catch(undefined),
  error: z
    .union([z.string(), z.array(z.string()).transform((all) => all.join(", "))])
    .optional()
    .catch(undefined),
  error_description: z.string().optional().catch(undefined),
  scope: z.string().optional().catch(undefined),
});

export type WireUser = z.output<typeof wireUser>;
export type WireMe = z.output<typeof wireMe>;
export type WireToken = z.output<typeof wireToken>;
export type WireProject = z.output<typeof wireProject>;
export type WireIssue = z.output<typeof wireIssue>;
export type WireNote = z.output<typeof wireNote>;
