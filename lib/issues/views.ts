import { z } from "zod";
import type { Prisma } from "@/lib/db/generated/client";
import { parseDoc } from "@/lib/richtext/doc";
import { trackerOf } from "@/lib/trackers/registry";
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
      labels: true,
      remoteUpdatedAt: true,
      integration: { select: { id: true, name: true, provider: true } },
    },
  },
} as const satisfies Prisma.IssueSelect;

export const linkSelect = { id: true, projectId: true, caseId: true, runId: true, resultId: true } as const;

type IssueRow = Prisma.IssueGetPayload<{ select: typeof issueSelect }>;

/** An issue as pages and the API show it. Null for one without a tracker's side, which this release does not make. */
export function toIssueView({ external, ...issue }: IssueRow): IssueView | null {
  if (!external) return null;
  const { remoteUpdatedAt, ...rest } = external;
  return { ...issue, ...rest, updatedAt: remoteUpdatedAt?.toISOString() ?? null };
}

export const toLinkView = ({ id, projectId, caseId, runId, resultId }: IssueLinkView): IssueLinkView => ({
  id,
  projectId,
  caseId,
  runId,
  resultId,
});

export const creationSelect = {
  id: true,
  state: true,
  title: true,
  description: true,
  labels: true,
  externalProjectKey: true,
  integrationId: true,
  requestedById: true,
  errorKind: true,
  errorMessage: true,
  errorFields: true,
  retryAt: true,
  warnings: true,
  createdAt: true,
  integration: { select: { baseUrl: true, provider: true } },
  sources: { select: { resultId: true }, orderBy: { id: "asc" } },
} as const satisfies Prisma.IssueCreationSelect;

type CreationRow = Prisma.IssueCreationGetPayload<{ select: typeof creationSelect }>;

const warningsSchema = z.array(warningSchema).catch([]);
export const toWarnings = (stored: unknown) => warningsSchema.parse(stored);

const fieldsSchema = z.record(z.string(), z.string()).optional().catch(undefined);

type Reader = { userId: string; names: ReadonlyMap<string, string> };

/** A creation as pages and the API show it. `names` are of those who asked. */
export function toCreationView(row: CreationRow, { userId, names }: Reader): CreationView {
  const { id, state, title, integrationId, errorKind, errorMessage, retryAt } = row;
  const fields = fieldsSchema.parse(row.errorFields ?? undefined);
  return {
    id,
    state,
    title,
    integrationId,
    externalProject: row.externalProjectKey,
    resultIds: row.sources.map(({ resultId }) => resultId),
    requestedBy: { id: row.requestedById, name: names.get(row.requestedById) ?? "a former member" },
    isMine: row.requestedById === userId,
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
    ...((state === "failed" || state === "held") && { newIssueUrl: newIssueUrlOf(row) }),
  };
}

/** The way out that needs nothing of ours: the tracker's own form with what would have been sent. */
function newIssueUrlOf({
  integration,
  externalProjectKey: projectKey,
  title,
  description,
  labels,
}: CreationRow): string {
  const tracker = trackerOf(integration.provider);
  const { output: body } = tracker.renderBody({ description: parseDoc(description), marker: null });
  return tracker.newIssueUrl(integration.baseUrl, { projectKey, title, body, labels });
}
