import { z } from "zod";
import type { Choice, Field, FieldOption, FieldValue, IssueForm, IssueType, Page, RemoteUser } from "./shapes";

// What a tracker says of its forms, as it is kept and as it goes to the browser.

const choice = z.object({ id: z.string(), name: z.string() }) satisfies z.ZodType<Choice>;

/** FieldValue of shapes.ts. */
export const fieldValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  choice,
  z.array(choice),
  z.object({ parent: choice, child: choice.nullable() }),
]) satisfies z.ZodType<FieldValue>;

export const fieldOption = choice.extend({
  detail: z.string().nullish(),
  children: z.array(choice).optional(),
}) satisfies z.ZodType<FieldOption, unknown>;

const kinds = [
  "text",
  "paragraph",
  "number",
  "date",
  "datetime",
  "checkbox",
  "url",
  "select",
  "multi_select",
  "cascade",
  "user",
  "users",
  "issue",
  "unsupported",
] as const satisfies readonly Field["kind"][];

const roles = [
  "assignee",
  "reporter",
  "priority",
  "severity",
  "components",
  "versions",
  "fix_versions",
  "milestone",
  "sprint",
  "parent",
  "due_date",
  "confidential",
  "area",
  "iteration",
] as const satisfies readonly Field["role"][];

export const field = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(kinds),
  role: z.enum(roles).nullable(),
  isRequired: z.boolean(),
  default: fieldValue.nullable(),
  help: z.string().nullable(),
  options: z.array(fieldOption).nullable(),
  isSearched: z.boolean(),
  wire: z.string().nullable(),
}) satisfies z.ZodType<Field, unknown>;

export const issueForm = z.object({
  fields: z.array(field),
  textField: z.string().nullable(),
  labels: z.enum(["none", "listed", "free"]),
}) satisfies z.ZodType<IssueForm, unknown>;

export const issueTypes = z.array(
  z.object({ id: z.string(), name: z.string(), description: z.string().nullable(), isSubtask: z.boolean() }),
) satisfies z.ZodType<IssueType[]>;

const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

export const optionsPage = pageOf(fieldOption) satisfies z.ZodType<Page<FieldOption>, unknown>;
export const labelsPage = pageOf(z.string()) satisfies z.ZodType<Page<string>>;

export const remoteUsers = z.array(
  z.object({
    remoteId: z.string(),
    name: z.string(),
    login: z.string().nullish(),
    email: z.string().nullish(),
    isActive: z.boolean().optional(),
  }),
) satisfies z.ZodType<RemoteUser[], unknown>;
