import { z } from "zod";
import { moment, webUrl } from "@/lib/trackers/wire";

// What we use of Azure DevOps's answers; the rest is stripped. Missing, null and empty mean the same in most of them.
const text = z.string().nullish();
const list = <T extends z.ZodType>(item: T) => z.object({ value: z.array(item) });

/** Identities in fields: an object since 2019, "Name <account>" before. */
export const wireIdentity = z.union([
  z.object({ id: text, displayName: text, uniqueName: text, inactive: z.boolean().nullish() }),
  z.string().transform((given) => {
    const [, displayName, uniqueName] = /^(.*?)\s*<([^<>]+)>$/.exec(given) ?? [null, given, given];
    return { id: null, displayName, uniqueName, inactive: null };
  }),
]);

export const wireItem = z.object({
  id: z.number().int().positive(),
  rev: z.number().int(),
  fields: z
    .object({
      "System.Title": z.string().default(""),
      "System.State": z.string(),
      "System.WorkItemType": z.string(),
      "System.TeamProject": z.string(),
      "System.Tags": z.string().nullish(),
      "System.AssignedTo": wireIdentity.nullish(),
      "System.CreatedBy": wireIdentity.nullish(),
      "System.CreatedDate": moment,
      "System.ChangedDate": moment,
      "Microsoft.VSTS.Common.Priority": z.union([z.string(), z.number()]).nullish(),
    })
    .catchall(z.unknown()),
  relations: z
    .array(z.object({ rel: text, url: text, attributes: z.record(z.string(), z.unknown()).nullish() }))
    .nullish(),
  multilineFieldsFormat: z.record(z.string(), z.string()).nullish().catch(null),
});

export const wireItems = list(wireItem.nullable());
export const wireQueryResult = z.object({ asOf: moment, workItems: z.array(z.object({ id: z.number().int() })) });

export const wireProject = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  state: text,
  visibility: text,
});
export const wireProjects = list(wireProject);

export const wireState = z.object({ name: z.string(), category: text });
export const wireStates = list(wireState);

export const wireType = z.object({
  name: z.string().min(1),
  description: text,
  isDisabled: z.boolean().nullish(),
  xmlForm: text,
  transitions: z.record(z.string(), z.array(z.object({ to: z.string() }))).nullish(),
});
export const wireTypes = list(wireType);

const typeName = z.object({ name: z.string() });
export const wireCategories = list(
  z.object({
    referenceName: z.string(),
    defaultWorkItemType: typeName.nullish(),
    workItemTypes: z.array(typeName).nullish(),
  }),
);

/** A choice is a text or a number; of identities an object, which is looked for at the server instead. */
const allowed = z.union([z.string(), z.number(), z.boolean()]).transform(String);
export const wireTypeField = z.object({
  referenceName: z.string().min(1),
  name: z.string().nullish(),
  alwaysRequired: z.boolean().nullish(),
  helpText: text,
  defaultValue: z.unknown().optional(),
  allowedValues: z.array(z.unknown().transform((value) => allowed.safeParse(value).data)).nullish(),
});
export const wireTypeFields = list(wireTypeField);

export const wireField = z.object({
  referenceName: z.string(),
  type: text,
  readOnly: z.boolean().nullish(),
  isIdentity: z.boolean().nullish(),
});
export const wireFields = list(wireField);

export type WireNode = {
  name: string;
  structureType?: string | null | undefined;
  children?: WireNode[] | null | undefined;
};
export const wireNode: z.ZodType<WireNode> = z.object({
  name: z.string(),
  structureType: text,
  get children() {
    return z.array(wireNode).nullish();
  },
});
export const wireNodes = list(wireNode);

export const wireTags = list(z.object({ name: z.string() }));
export const wireRelationTypes = list(z.object({ referenceName: z.string() }));

const property = z.object({ $value: z.unknown().optional() }).nullish().catch(null);
const properties = z.object({ Account: property, Mail: property }).nullish();
export const wirePerson = z.object({
  id: z.string().min(1),
  providerDisplayName: text,
  customDisplayName: text,
  isActive: z.boolean().nullish(),
  isContainer: z.boolean().nullish(),
  memberIds: z.array(z.string()).nullish(),
  properties,
});
export const wirePeople = list(wirePerson.nullable());

export const wireConnection = z.object({
  authenticatedUser: z.object({
    id: z.string().min(1),
    providerDisplayName: text,
    customDisplayName: text,
    properties,
  }),
});

export const wireTeams = list(z.object({ id: z.string().min(1) }));
export const wireMembers = list(z.object({ identity: z.object({ id: z.string().min(1) }) }));

export const wireAttachment = z.object({ id: z.string().min(1), url: webUrl });

export const wireAttached = z.object({ url: webUrl });

export const wireComment = z.object({
  id: z.number().int(),
  text: z.string().default(""),
  renderedText: text,
  format: text,
  isDeleted: z.boolean().nullish(),
  createdBy: wireIdentity.nullish(),
  createdDate: moment,
  modifiedDate: moment,
});
export const wireComments = z.object({ comments: z.array(wireComment), continuationToken: text });

export const wireSubscription = z.object({
  id: z.string().min(1),
  status: text,
  eventType: text,
  consumerInputs: z.record(z.string(), z.string()).nullish(),
  publisherInputs: z.record(z.string(), z.string()).nullish(),
});
export const wireSubscriptions = list(wireSubscription);

const rule = z.object({ fieldReferenceName: z.string(), fieldStatusFlags: text, errorMessage: text });
/** What every refusal is: https://learn.microsoft.com/dotnet/api/microsoft.visualstudio.services.common.vssexception */
export const wireError = z.object({
  message: z.string().nullish().catch(null),
  typeKey: z.string().nullish().catch(null),
  customProperties: z
    .object({
      RuleValidationErrors: z.array(rule).nullish().catch(null),
      FieldReferenceName: z.string().nullish().catch(null),
      FieldStatusFlags: z.string().nullish().catch(null),
      ErrorMessage: z.string().nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

export type WireItem = z.output<typeof wireItem>;
export type WireProject = z.output<typeof wireProject>;
export type WireTypeField = z.output<typeof wireTypeField>;
export type WireField = z.output<typeof wireField>;
export type WirePerson = z.output<typeof wirePerson>;
export type WireComment = z.output<typeof wireComment>;
export type WireIdentity = z.output<typeof wireIdentity>;
export type WireError = z.output<typeof wireError>;
