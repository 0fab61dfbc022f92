import { z } from "zod";
import { attachmentSchema } from "@/lib/attachments/shapes";
import { CreationState, StateCategory } from "@/lib/db/generated/enums";
import type { Frame } from "@/lib/richtext/outgoing";
import { bodyFormats } from "@/lib/richtext/render-body";

/** What went not quite right although the issue is there. */
export const warningSchema = z.object({
  kind: z.string(),
  message: z.string(),
  /** How many of each: for `secrets_masked`, by what they are. */
  counts: z.record(z.string(), z.number()).optional(),
});

/** Why a creation waits or failed, and what can be done. */
export const creationErrorSchema = z.object({
  kind: z.string(),
  message: z.string(),
  fields: z.record(z.string(), z.string()).optional(),
  /** When it is tried again by itself. */
  retryAt: z.iso.datetime().optional(),
});

export const creationSchema = z.object({
  id: z.uuid(),
  state: z.enum(CreationState),
  error: creationErrorSchema.optional(),
  title: z.string(),
  externalProject: z.string(),
  integrationId: z.uuid(),
  resultIds: z.array(z.uuid()),
  /** Failure groups that it is for as a whole. */
  groupIds: z.array(z.uuid()),
  requestedBy: z.object({ id: z.uuid(), name: z.string() }),
  /** You asked for it, so that the draft is yours. */
  isMine: z.boolean(),
  /** The page of its jobs, for whoever administers the workspace. */
  jobsUrl: z.string().optional(),
  warnings: z.array(warningSchema),
  /** While Faultline looks whether it was created all the same: when it knows. */
  knownBy: z.iso.datetime().optional(),
  /** Nobody knows whether it was created, and no look can tell: a person says it. */
  isUndecided: z.boolean(),
  /** It waits until an administrator has mended the integration or its credential; for them, where that is. */
  waitsForAdmin: z.boolean().optional(),
  mendUrl: z.string().optional(),
  /** Your form for it, which can be edited and sent again: it stands at this result, or at this whole group. */
  draft: z.object({ resultId: z.uuid(), groupId: z.uuid().nullable() }).optional(),
  /** It stopped or waits, and you cannot edit it: another asked for it, it came without a form, or it may be there. */
  whyNoEdit: z.enum(["not_yours", "no_form", "may_be_there"]).optional(),
  /** It waits, and an earlier call may have created it: the next look tells. */
  mayBeThere: z.boolean().optional(),
  /**
   * The tracker's own page, filled in: what is left when nothing else works. While it goes on by itself there is none,
   * or there would be two issues: whoever lets go of it (dismiss) is given the address.
   */
  newIssueUrl: z.string().optional(),
  /** An address holds only so much: the text in it was cut. */
  isNewIssueUrlCut: z.boolean().optional(),
  createdAt: z.iso.datetime(),
});

export const issueSchema = z.object({
  id: z.uuid(),
  key: z.string(),
  url: z.string(),
  title: z.string(),
  state: z.string(),
  category: z.enum(StateCategory),
  assignee: z.string().nullable(),
  /** The tracker's own words. */
  type: z.string().nullable(),
  priority: z.string().nullable(),
  labels: z.array(z.string()),
  integration: z.object({ id: z.uuid(), name: z.string(), provider: z.string() }),
  updatedAt: z.iso.datetime().nullable(),
});

export const issueLinkSchema = z.object({
  id: z.uuid(),
  projectId: z.uuid(),
  caseId: z.uuid().nullable(),
  runId: z.uuid().nullable(),
  resultId: z.uuid().nullable(),
  /** The failure group of the result, or the one that was linked as a whole. */
  groupId: z.uuid().nullable(),
  /** The issue is for all failures of the group, in whichever run. */
  coversGroup: z.boolean(),
});

/** An issue with its links in the project, and what went not quite right when it was created from there. */
export const linkedIssueSchema = issueSchema.extend({
  /** The first of them: those that cover a group, then the newest. A rule may have linked 50,000 results to one issue. */
  links: z.array(issueLinkSchema),
  linkCount: z.number(),
  warnings: z.array(warningSchema).optional(),
});

export type CreationView = z.infer<typeof creationSchema>;
export type IssueView = z.infer<typeof issueSchema>;
export type IssueLinkView = z.infer<typeof issueLinkSchema>;
export type LinkedIssue = z.infer<typeof linkedIssueSchema>;

export const draftSchema = z.object({
  id: z.uuid(),
  integrationId: z.uuid(),
  resultId: z.uuid(),
  groupId: z.uuid().nullable(),
  externalProjectId: z.string().nullable(),
  title: z.string(),
  /** TipTap JSON. */
  description: z.unknown(),
  labels: z.array(z.string()),
  /** Secrets found in the text that are sent as they are, by their ids. */
  revealed: z.array(z.string()),
  /** Files that the issue takes along, by their ids. */
  attached: z.array(z.string()),
  /** The tracker's type of issue; null until one was chosen. */
  typeId: z.string().nullable(),
  /** What was typed into the tracker's own fields: components/issues/fields/keys.ts. */
  fields: z.record(z.string(), z.unknown()),
  version: z.number(),
  updatedAt: z.iso.datetime(),
});

export const formSchema = z.object({
  integrations: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      provider: z.string(),
      /** The tracker's name, and what it calls the place that issues live in. */
      label: z.string(),
      projectNoun: z.string(),
      titleChars: z.number(),
      /** Otherwise issues are made there by hand, and linked. */
      canCreate: z.boolean(),
      /** It has types or fields of its own to ask for: GET …/issue-form. */
      hasForm: z.boolean(),
      /** What becomes of files: put beside the issue, uploaded into its text, or linked to. */
      files: z.enum(["attached", "uploaded", "linked"]),
      /** Put on each issue without being asked for. */
      labels: z.array(z.string()),
      externalProjects: z.array(
        z.object({
          remoteId: z.string(),
          key: z.string(),
          name: z.string(),
          isPublic: z.boolean(),
          isDefault: z.boolean(),
          /** Whether files are uploaded there, where whoever has their address can read them. */
          uploadsFiles: z.boolean(),
        }),
      ),
    }),
  ),
  integrationId: z.uuid().nullable(),
});

const findingSchema = z.object({
  id: z.string(),
  kind: z.string(),
  hint: z.string(),
  place: z.enum(["title", "description", "label", "file"]),
  where: z.string(),
  isRevealed: z.boolean(),
});

export const previewSchema = z.object({
  format: z.enum(bodyFormats),
  title: z.string(),
  output: z.string(),
  /** What the tracker cannot keep: which kind, how often, where first, and what became of it. */
  losses: z.array(z.object({ kind: z.string(), count: z.number(), where: z.string(), became: z.string() })),
  /** What looks like a secret, which is masked unless it is revealed. */
  findings: z.array(findingSchema),
  sizeChars: z.number(),
  limitChars: z.number(),
  isCut: z.boolean(),
  labels: z.array(z.string()),
  titleLimit: z.number(),
  project: z.object({ key: z.string(), name: z.string(), url: z.string(), isPublic: z.boolean(), noun: z.string() }),
  author: z.object({
    login: z.string().nullable(),
    name: z.string().nullable(),
    reason: z.string(),
    isUsable: z.boolean(),
  }),
  /** Absent while an issue for the result is on its way. */
  newIssueUrl: z.string().optional(),
  isNewIssueUrlCut: z.boolean().optional(),
  /** The result's files, which an issue may take along. */
  files: z.array(attachmentSchema),
  /** All that the text is made into a body with, so that the form shows it while it is typed. */
  frame: z.custom<Frame>(),
});

export type DraftView = z.infer<typeof draftSchema>;
export type FormView = z.infer<typeof formSchema>;
export type PreviewView = z.infer<typeof previewSchema>;
