import { z } from "zod";
import type { Member } from "@/lib/auth/member";
import type { Prisma } from "@/lib/db/generated/client";
import { trackerOf } from "@/lib/trackers/registry";
import { settleMsOf, settlesAt } from "./creation/timing";
import { waitsForPeople } from "./creation/waits-for-people";
import { isUndecided } from "./creation-state";
import { type CreationView, type IssueLinkView, type IssueView, warningSchema } from "./shapes";

export const issueSelect = {
  id: true,
  title: true,
  state: true,
  category: true,
  external: {
    select: {
      key: true,
      url: true,
      assignee: true,
      type: true,
      priority: true,
      labels: true,
      remoteUpdatedAt: true,
      integration: { select: { id: true, name: true, provider: true } },
    },
  },
} as const satisfies Prisma.IssueSelect;

export const linkSelect = {
  id: true,
  projectId: true,
  caseId: true,
  runId: true,
  resultId: true,
  groupId: true,
  coversGroup: true,
} as const;

type IssueRow = Prisma.IssueGetPayload<{ select: typeof issueSelect }>;

/** An issue as pages and the API show it. Null for one without a tracker's side, which this release does not make. */
export function toIssueView({ external, ...issue }: IssueRow): IssueView | null {
  if (!external) return null;
  const { remoteUpdatedAt, ...rest } = external;
  return { ...issue, ...rest, updatedAt: remoteUpdatedAt?.toISOString() ?? null };
}

export const toLinkView = ({ id, projectId, caseId, runId, resultId, groupId, coversGroup }: IssueLinkView) =>
  ({ id, projectId, caseId, runId, resultId, groupId, coversGroup }) satisfies IssueLinkView;

export const creationSelect = {
  id: true,
  state: true,
  title: true,
  externalProjectKey: true,
  newIssueUrl: true,
  isNewIssueUrlCut: true,
  integrationId: true,
  requestedById: true,
  errorKind: true,
  errorMessage: true,
  errorFields: true,
  retryAt: true,
  sentAt: true,
  lastSentAt: true,
  draftId: true,
  warnings: true,
  createdAt: true,
  integration: { select: { provider: true } },
  sources: { select: { resultId: true, groupId: true }, orderBy: { id: "asc" } },
} as const satisfies Prisma.IssueCreationSelect;

type CreationRow = Prisma.IssueCreationGetPayload<{ select: typeof creationSelect }>;

const warningsSchema = z.array(warningSchema).catch([]);
export const toWarnings = (stored: unknown) => warningsSchema.parse(stored);

const fieldsSchema = z.record(z.string(), z.string()).optional().catch(undefined);

type DraftAt = NonNullable<CreationView["draft"]>;

type Reader = {
  member: Pick<Member, "userId" | "workspaceRole">;
  /** Of those who asked. */
  names: ReadonlyMap<string, string>;
  /** Where the reader's drafts stand, by the draft's id. */
  drafts: ReadonlyMap<string, DraftAt>;
};

/** A creation as pages and the API show it. */
export function toCreationView(row: CreationRow, { member, names, drafts }: Reader): CreationView {
  const { id, state, title, integrationId, errorKind, errorMessage, retryAt } = row;
  const fields = fieldsSchema.parse(row.errorFields ?? undefined);
  return {
    id,
    state,
    title,
    integrationId,
    externalProject: row.externalProjectKey,
    resultIds: row.sources.map(({ resultId }) => resultId),
    groupIds: row.sources.flatMap(({ groupId }) => groupId ?? []),
    requestedBy: { id: row.requestedById, name: names.get(row.requestedById) ?? "a former member" },
    isMine: row.requestedById === member.userId,
    ...(member.workspaceRole === "ADMIN" && { jobsUrl: `/admin/jobs?q=${row.id}` }),
    isUndecided: isUndecided(row),
    warnings: toWarnings(row.warnings),
    createdAt: row.createdAt.toISOString(),
    ...(errorKind && {
      error: {
        kind: errorKind,
        message: errorMessage ?? "",
        ...(fields && { fields }),
        ...(retryAt && { retryAt: retryAt.toISOString() }),
      },
    }),
    ...waysOn(row, { member, drafts }),
  };
}

/** What the reader can do about it, as far as it depends on more than the state. */
function waysOn(row: CreationRow, { member, drafts }: Omit<Reader, "names">) {
  const { state, retryAt, sentAt, errorKind, integrationId } = row;
  const isLooking = sentAt !== null && (state === "sending" || (state === "unknown" && retryAt !== null));
  const settleMs = settleMsOf(trackerOf(row.integration.provider));
  // What is held goes on by itself, sooner or later: filed by hand as well, it would be there twice.
  const isOver = state === "failed" || isUndecided(row);
  const waits = state === "held" && !retryAt && waitsForPeople.some((kind) => kind === errorKind);
  const draft = drafts.get(row.draftId ?? "");
  return {
    // A tracker that cannot be asked at all makes it later: then the next look is what tells.
    ...(isLooking && { knownBy: later(settlesAt(row, settleMs), retryAt).toISOString() }),
    ...(waits && { waitsForAdmin: true }),
    ...(waits && member.workspaceRole === "ADMIN" && { mendUrl: `/admin/integrations/${integrationId}` }),
    ...((state === "failed" || state === "held") && editOf(row, member, draft)),
    ...(state === "held" && sentAt && { mayBeThere: true }),
    ...(isOver && newIssueUrlOf(row)),
  };
}

function editOf({ requestedById, sentAt }: CreationRow, { userId }: Reader["member"], draft: DraftAt | undefined) {
  if (requestedById !== userId) return { whyNoEdit: "not_yours" as const };
  // Once a call with the earlier text may have gone out, that text is what counts.
  if (sentAt) return { whyNoEdit: "may_be_there" as const };
  return draft ? { draft } : { whyNoEdit: "no_form" as const };
}

const later = (one: Date, other: Date | null) => (other && other > one ? other : one);

/** The tracker's own form. It was filled in when the issue was asked for: a list writes no texts. */
export const newIssueUrlOf = ({ newIssueUrl, isNewIssueUrlCut }: CreationRow) =>
  newIssueUrl === null ? {} : { newIssueUrl, isNewIssueUrlCut };
