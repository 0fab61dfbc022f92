import { z } from "zod";

// Ids are taken as any text: a malformed one is answered like one that does not exist.
const id = z.string().max(100);
const title = z.string().trim().min(1, "Give the issue a title.").max(1_000);
const markdown = z.object({ markdown: z.string().max(1_048_576) });
const description = z.union([z.string().max(1_048_576), markdown, z.record(z.string(), z.unknown())], {
  error: 'Send TipTap JSON, Markdown as {"markdown": "…"}, or a string of plain text, of 1,048,576 characters at most.',
});
const attached = z.array(id).max(200);
const revealed = z.array(z.string().min(1).max(200)).max(500);
const labels = z.array(z.string().trim().min(1).max(100)).max(50);
const resultIds = z.array(id).min(1, "Name at least one result.").max(1_000);
const fields = z
  .record(z.string().min(1).max(200), z.unknown())
  .refine((values) => Object.keys(values).length <= 500, "Name 500 fields at most.");
const externalProject = z.string().trim().min(1).max(300);

export const creationInput = z.object({
  projectId: id,
  title,
  description: description.describe(
    'TipTap JSON; {"markdown": "…"} is Markdown as the tracker reads it; a string is plain text.',
  ),
  resultIds,
  groupId: id
    .describe(
      "A failure group that the issue is for as a whole, in whichever run: then all results are of it, the first one its sample.",
    )
    .optional(),
  externalProject: externalProject.describe("Key or id of an assigned repository; default: the first one.").optional(),
  labels: labels.optional(),
  type: z
    .string()
    .trim()
    .max(200)
    .nullish()
    .describe("The tracker's type of issue, by id or name; default: the usual one."),
  fields: fields
    .describe(
      "Values of the tracker's own fields by their ids: a text, a number, true or false, a date; a choice by its id or as {id}; a list of those.",
    )
    .optional(),
  another: z.boolean().describe("true: create one more although the results have an issue.").optional(),
  draftId: id.optional(),
  attached: attached.describe("Files of the project that the issue takes along, by their ids.").optional(),
  revealed: revealed
    .describe(
      "Secrets found in the text that are sent as they are, by their ids: from the form alone, never by a token.",
    )
    .optional(),
});

export const draftInput = z.object({
  integrationId: id,
  resultId: id,
  groupId: id.describe("The failure group of the result, where the issue is to be for all of it.").optional(),
  content: z
    .object({
      version: z.int().min(1),
      title: z.string().max(1_000),
      description: z.record(z.string(), z.unknown()),
      labels,
      externalProject: externalProject.nullish(),
      revealed: revealed.optional(),
      attached: attached.optional(),
      typeId: z.string().max(200).nullish().describe("The tracker's type of issue, once it was chosen."),
      fields: fields
        .describe("What was typed into the tracker's own fields, those of other types included.")
        .optional(),
    })
    .optional(),
});

const formAt = {
  integrationId: id,
  externalProject: externalProject.optional(),
  typeId: z.string().max(200).optional(),
};
export const trackerFormInput = z.object({ ...formAt, reload: z.stringbool().default(false) });
const search = { q: z.string().trim().max(200).default(""), cursor: z.string().max(2_000).optional() };
export const optionsInput = z.object({ ...formAt, ...search, field: z.string().min(1).max(200) });
export const reporterInput = z.object(formAt);
export const labelsInput = z.object({ ...formAt, ...search });

export const formInput = z.object({ resultId: id, groupId: id.optional() });
export const subjectInput = z.object({
  resultId: id.optional(),
  caseId: id.optional(),
  runId: id.optional(),
  groupId: id.optional(),
});

const linkTarget = {
  projectId: id,
  resultId: id.optional(),
  caseId: id.optional(),
  groupId: id
    .describe("A failure group: the issue is for all of its failures. With resultId, the one that it is linked from.")
    .optional(),
};
export const linkInput = z.object({
  ...linkTarget,
  ref: z.string().trim().min(1, "Paste a key or an address.").max(2_000),
});
export const unlinkInput = z.object(linkTarget);
export const decisionInput = z.discriminatedUnion("found", [
  z.object({ found: z.literal(true), ref: linkInput.shape.ref }),
  z.object({ found: z.literal(false) }),
]);
export const lookUpInput = z.object({ integrationId: id, ref: linkInput.shape.ref });
