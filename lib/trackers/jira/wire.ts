import { z } from "zod";
import { moment, webUrl } from "@/lib/trackers/wire";

// What we use of Jira's answers; the rest is stripped. Cloud and Data Center write most of them alike.
const id = z.union([z.string(), z.number().transform(String)]);
const issueKey = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*-\d+$/);
const name = z.string().nullish();
const map = <T extends z.ZodType>(value: T) => z.record(z.string(), value);

/** Cloud knows people by `accountId`, Data Center by `name`. */
export const wireUser = z.object({
  accountId: z.string().optional(),
  name,
  displayName: name,
  emailAddress: name,
  active: z.boolean().optional(),
});

/** Of whoever asks, there is a name. */
export const wireMe = wireUser.refine(({ accountId, name }) => Boolean(accountId ?? name), "names nobody");
export const wireUsers = z.array(wireUser.extend({ accountType: z.string().optional() }));

export const wireServerInfo = z.object({ version: z.string().optional(), deploymentType: z.string().optional() });
export const wireTenant = z.object({ cloudId: z.string().regex(/^[\w-]{1,64}$/) });

export const wirePermissions = z.object({
  permissions: map(z.object({ havePermission: z.boolean().optional() })),
});

export const wireProject = z.object({ id, key: z.string(), name: z.string(), archived: z.boolean().default(false) });
export const wireProjectPage = z.object({
  values: z.array(wireProject),
  startAt: z.number().int().nonnegative().default(0),
  isLast: z.boolean().optional(),
  total: z.number().optional(),
});

export const wireStatus = z.object({
  name: z.string(),
  statusCategory: z.object({ key: z.string().optional() }).optional(),
});
export const wireTypeStatuses = z.array(z.object({ id, statuses: z.array(wireStatus) }));

export const wireType = z.object({ id, name: z.string(), description: name, subtask: z.boolean().default(false) });

const schema = z.object({
  type: z.string().default("any"),
  items: z.string().optional(),
  system: z.string().optional(),
  custom: z.string().optional(),
});
export const wireField = z.object({
  fieldId: z.string().optional(),
  key: z.string().optional(),
  name: z.string().default(""),
  required: z.boolean().default(false),
  hasDefaultValue: z.boolean().default(false),
  defaultValue: z.unknown().optional(),
  allowedValues: z.array(z.unknown()).nullish(),
  schema: schema.optional(),
});

const page = {
  startAt: z.number().int().nonnegative().default(0),
  total: z.number().optional(),
  isLast: z.boolean().optional(),
};
/** Cloud names its list, Data Center calls it `values`. */
export const wireTypePage = z.object({
  ...page,
  issueTypes: z.array(wireType).optional(),
  values: z.array(wireType).optional(),
});
export const wireFieldPage = z.object({
  ...page,
  fields: z.array(wireField).optional(),
  values: z.array(wireField).optional(),
});

/** What servers before 9.0 tell of all forms at once. */
export const wireOldMeta = z.object({
  projects: z.array(z.object({ issuetypes: z.array(wireType.extend({ fields: map(wireField).optional() })) })),
});

/** What can be chosen in a field: options have a `value`, all else a `name`. */
export const wireChoice = z.object({
  id: id.optional(),
  key: z.string().optional(),
  value: name,
  name,
  disabled: z.boolean().optional(),
  archived: z.boolean().optional(),
});
export const wireCascadeOption = wireChoice.extend({ children: z.array(z.unknown()).nullish() });
export const wireCascadeValue = wireChoice.extend({ child: wireChoice.nullish() });

export const wireIssue = z.object({
  id,
  // A link is made of it.
  key: issueKey,
  fields: z.object({
    summary: z.string().nullish(),
    status: wireStatus.nullish(),
    issuetype: z.object({ name }).nullish(),
    priority: z.object({ name }).nullish(),
    labels: z.array(z.string()).nullish(),
    assignee: wireUser.nullish(),
    creator: wireUser.nullish(),
    reporter: wireUser.nullish(),
    created: moment,
    updated: moment,
    project: z.object({ id, key: z.string() }),
  }),
});

/** An issue that was searched for, with the properties that were asked for where the edition's search tells them. */
export const wireFound = wireIssue.extend({
  fields: wireIssue.shape.fields.extend({ description: z.unknown().optional() }),
  properties: map(z.unknown()).nullish(),
});
export const wireProperty = z.object({ value: z.unknown() });
export const wireText = z.object({ fields: z.object({ description: z.unknown().optional() }) });
export const wireCreated = z.object({ id, key: issueKey });

const wireTransition = z.object({
  id,
  name: z.string(),
  to: wireStatus,
  fields: map(wireField).nullish(),
});
export const wireTransitions = z.object({ transitions: z.array(wireTransition) });

export const wireComment = z.object({
  id,
  author: wireUser.nullish(),
  body: z.unknown(),
  created: moment,
  updated: moment,
  jsdPublic: z.boolean().optional(),
  visibility: z.object({}).nullish(),
  properties: z.array(z.object({ key: z.string(), value: z.unknown().optional() })).nullish(),
});
export const wireCommentPage = z.object({ ...page, comments: z.array(wireComment) });

const wireAttachment = z.object({ id, filename: z.string(), content: webUrl.optional().catch(undefined) });
export const wireAttachments = z.tuple([wireAttachment]).rest(wireAttachment);
export const wireNamed = z.array(z.object({ id, name: z.string(), archived: z.boolean().optional() }));
export const wireBoards = z.object({ values: z.array(z.object({ id })) });
export const wireSprints = z.object({ values: z.array(z.object({ id, name: z.string() })) });
export const wireLabelPage = z.object({ ...page, values: z.array(z.string()) });

export const wireError = z.object({
  errorMessages: z.array(z.string()).default([]).catch([]),
  errors: map(z.string()).default({}).catch({}),
  message: z.string().optional().catch(undefined),
});

export type WireUser = z.output<typeof wireUser>;
export type WireProject = z.output<typeof wireProject>;
export type WireStatus = z.output<typeof wireStatus>;
export type WireType = z.output<typeof wireType>;
export type WireField = z.output<typeof wireField>;
export type WireIssue = z.output<typeof wireIssue>;
export type WireFound = z.output<typeof wireFound>;
export type WireComment = z.output<typeof wireComment>;
export type WireError = z.output<typeof wireError>;
