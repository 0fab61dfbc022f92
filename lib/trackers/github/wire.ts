import { z } from "zod";
import { moment, webUrl } from "@/lib/trackers/wire";

// What we use of GitHub's answers; the rest is stripped. octokit reads integers past 2^53 as bigint.
const id = z.union([z.number(), z.bigint()]).transform(String);

export const wireUser = z.object({
  id,
  login: z.string(),
  name: z.string().nullish(),
  html_url: webUrl,
});

const wireLogin = wireUser.pick({ id: true, login: true });

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
  user: wireLogin.nullish(),
  assignee: wireLogin.nullish(),
  assignees: z.array(wireLogin).nullish(),
  milestone: z.object({ number: z.number() }).nullish(),
  type: z.object({ name: z.string() }).nullish(),
  node_id: z.string().optional(),
  created_at: moment,
  updated_at: moment,
  // Present on pull requests, which GitHub lists among the issues.
  pull_request: z.unknown().optional(),
});

export const wireComment = z.object({
  id,
  body: z.string().nullish(),
  html_url: webUrl,
  user: wireLogin.nullish(),
  created_at: moment,
  updated_at: moment,
});

export const wireLabel = z.object({ name: z.string() });
export const wireMilestone = z.object({ number: z.number().int(), title: z.string(), due_on: z.string().nullish() });
export const wireType = z.object({
  id,
  name: z.string(),
  description: z.string().nullish(),
  is_enabled: z.boolean().default(true),
});
export const wireHook = z.object({ id, active: z.boolean(), config: z.object({ url: z.string().default("") }) });
export const wireSearch = z.object({ items: z.array(wireIssue) });

export const wireGraphql = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ type: z.string().optional(), message: z.string() })).optional(),
});
export type WireGraphqlErrors = NonNullable<z.output<typeof wireGraphql>["errors"]>;

const wirePage = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const wireSelect = z.object({
  __typename: z.literal("ProjectV2SingleSelectField"),
  id: z.string(),
  name: z.string(),
  options: z.array(z.object({ id: z.string(), name: z.string() })),
});
const wireOtherField = z.object({ __typename: z.string() });
const wireField = z.union([wireSelect, wireOtherField]).nullable();
const wireBoards = z.object({
  pageInfo: wirePage,
  nodes: z.array(z.object({ id: z.string(), number: z.number(), title: z.string(), closed: z.boolean() }).nullable()),
});

export const wireAssignable = z.object({
  repository: z
    .object({
      assignableUsers: z.object({
        pageInfo: wirePage,
        nodes: z.array(z.object({ databaseId: id, login: z.string(), name: z.string().nullish() }).nullable()),
      }),
    })
    .nullable(),
});
export const wireOrgBoards = z.object({ organization: z.object({ projectsV2: wireBoards }).nullable() });
export const wireUserBoards = z.object({ user: z.object({ projectsV2: wireBoards }).nullable() });
export const wireBoardFields = z.object({
  node: z
    .object({ url: webUrl, fields: z.object({ pageInfo: wirePage, nodes: z.array(wireField) }) })
    .or(z.object({ __typename: z.string() }).transform(() => null))
    .nullable(),
});
const wireValue = z.union([
  z.object({ optionId: z.string().nullable(), field: z.object({ id: z.string() }) }),
  z.object({}).transform(() => null),
]);
const wireItem = z.object({
  id: z.string(),
  project: z.object({ id: z.string() }),
  fieldValues: z.object({ nodes: z.array(wireValue.nullable()) }),
});
export const wireItems = z.object({
  node: z.object({ projectItems: z.object({ nodes: z.array(wireItem.nullable()) }) }).nullable(),
});
export const wireAdded = z.object({ addProjectV2ItemById: z.object({ item: z.object({ id: z.string() }) }) });
export const wireMade = z.object({ createProjectV2Field: z.object({ projectV2Field: wireSelect }) });

export const wireDelivery = z.object({
  action: z.string().optional(),
  issue: z
    .object({ id, number: z.number().int(), updated_at: z.string().optional(), pull_request: z.unknown().optional() })
    .optional(),
  comment: z.object({ id, updated_at: z.string().optional() }).optional(),
  repository: z.object({ id }).optional(),
  sender: z.object({ id }).optional(),
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
export type WireComment = z.output<typeof wireComment>;
export type WireSelect = z.output<typeof wireSelect>;
