import { prisma } from "@/lib/db/client";
import type { Severity } from "@/lib/db/generated/enums";
import { AppError } from "@/lib/errors";
import { type BoardPlace, findBoard, putOnBoard } from "@/lib/integrations/board-place";
import { log } from "@/lib/log";
import type { CreationView } from "../shapes";
import { type Job, openCreation } from "./open";
import { isWorthAgain } from "./patience";
import { getCreationById } from "./read";

type Warning = CreationView["warnings"][number];

const order: readonly Severity[] = ["info", "low", "medium", "high", "critical"];

/** Puts a new issue on the board of its place, if it has one. Soft: what fails is said beside the issue. */
export async function placeOnBoard(id: string, job: Job): Promise<Warning[]> {
  const creation = await getCreationById(id);
  const { workspaceId, projectId, integrationId, externalProjectId: remoteId, issueId, sources } = creation;
  const place: BoardPlace = { workspaceId, projectId, integrationId, remoteId };
  const found = await findBoard(place);
  const external = issueId
    ? await prisma.externalIssue.findFirst({ where: { issueId, workspaceId }, select: { ref: true } })
    : null;
  if (!found || !external) return [];
  try {
    const { tracker, project } = await openCreation(creation, job);
    const severity = await severityOf({ workspaceId, projectId }, sources);
    await putOnBoard(tracker, { project, ref: external.ref }, found, { severity, state: "active" });
    return [];
  } catch (error) {
    if (isWorthAgain(error, job)) throw error;
    log.warn({ err: error, creationId: id }, "an issue could not be put on its board");
    const why = error instanceof AppError ? ` ${error.message}` : "";
    return [{ kind: "not_on_board", message: `The board “${found.board.name}” is not as it was set.${why}` }];
  }
}

type Source = { resultId: string | null; groupId: string | null };

/** The highest of what it is for: of the problems that it covers, else of the failures' own. */
async function severityOf(where: { workspaceId: string; projectId: string }, sources: readonly Source[]) {
  const ids = sources.flatMap(({ resultId }) => resultId ?? []);
  const results = await prisma.testResult.findMany({
    where: { ...where, id: { in: ids } },
    select: { fingerprint: true, testCase: { select: { severity: true } } },
  });
  const hashes = results.flatMap(({ fingerprint }) => fingerprint ?? []);
  const prints = await prisma.fingerprint.findMany({
    where: { ...where, hash: { in: hashes } },
    select: { groupId: true },
  });
  const groupIds = [...sources.flatMap(({ groupId }) => groupId ?? []), ...prints.map(({ groupId }) => groupId)];
  const groups = await prisma.failureGroup.findMany({
    where: { ...where, id: { in: groupIds } },
    select: { severity: true },
  });
  const known = groups.length > 0 ? groups : results.map(({ testCase }) => testCase);
  const highest = Math.max(...known.map(({ severity }) => order.indexOf(severity)), -1);
  return order[highest] ?? "medium";
}
