import { boardFieldRequested } from "@/inngest/events";
import { send } from "@/inngest/outbox";
import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { prisma, type Tx, transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/db/ids";
import { lockRow } from "@/lib/db/lock";
import { AppError, notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import type { BoardField, Choice, OpenTracker } from "@/lib/trackers/tracker";
import { type BoardGap, checkBoard } from "./board-check";
import { newBoardFields } from "./board-presets";
import { type BoardFieldRole, type BoardSettings, boardOf } from "./board-shape";
import { countReading } from "./count-reading";
import { getAssignment } from "./find-assignment";
import { openTracker } from "./open-tracker";

export type BoardView = {
  board: BoardSettings | null;
  /** The single-selects that the board has now; null without a board. */
  fields: BoardField[] | null;
  gaps: BoardGap[];
};

const none: BoardView = { board: null, fields: null, gaps: [] };

/** The boards that the credential reaches from a place, narrowed by what is typed. */
export async function listBoards(
  member: Member,
  ids: PlaceIds,
  input: { query: string; cursor?: string | undefined },
): Promise<{ boards: readonly Choice[]; next: string | null }> {
  const { project, tracker } = await openPlace(member, ids);
  const page = await offered(tracker, "listBoards")({ project, query: input.query, cursor: input.cursor ?? null });
  return { boards: page.items, next: page.next };
}

/** The board of a place as it is set, compared with what the board has now. */
export async function readBoard(member: Member, ids: PlaceIds): Promise<BoardView> {
  const { board, tracker } = await openPlace(member, ids);
  return board ? viewOf(tracker, board) : none;
}

/** Sets or takes away the board; its fields and options are the tracker's own, whatever was sent. */
export async function saveBoard(member: Member, ids: PlaceIds, board: BoardSettings | null): Promise<BoardView> {
  const { tracker } = await openPlace(member, ids);
  const view = board ? await viewOf(tracker, board) : none;
  const [gap] = view.gaps;
  if (gap) {
    const message = gap.option ? `There is no option “${gap.option}” any more.` : "This field is not there any more.";
    throw new AppError("invalid_input", message, { fields: { [gap.field]: message } });
  }
  await transaction(async (tx) => {
    await lockRow(tx, "Project", member.projectId);
    const { integrationId, id, before } = await findPlace(member, ids, tx);
    const { workspaceId, projectId } = member;
    // JSON of the board's schema, or SQL's null.
    const stored = view.board ? (view.board as Prisma.InputJsonObject) : Prisma.DbNull;
    await tx.externalProject.update({ where: { id }, data: { board: stored }, select: { id: true } });
    await audit(tx, member, "assignment.board_chosen", {
      ...{ subjectType: "assignment", subjectId: ids.assignmentId, projectId },
      before: { board: before },
      after: { board: view.board },
    });
    await announce(tx, { workspaceId, projectId, topic: "integration", id: integrationId });
  });
  return view;
}

/** Has a field that the board lacks made there, by a job: nothing is written to a tracker outside of one. */
export async function requestBoardField(member: Member, ids: PlaceIds, field: BoardFieldRole): Promise<void> {
  const { board, tracker } = await openPlace(member, ids);
  if (!board) throw new AppError("conflict", "Choose a board first.");
  offered(tracker, "createBoardField");
  const { name } = newBoardFields[field];
  const fields = await offered(tracker, "getBoardFields")({ boardId: board.id });
  if (fields.some((one) => one.name.toLowerCase() === name.toLowerCase())) {
    throw new AppError("conflict", `The board has a field “${name}” already. Choose it.`);
  }
  await transaction(async (tx) => {
    await lockRow(tx, "Project", member.projectId);
    const { id } = await findPlace(member, ids, tx);
    const { workspaceId, projectId } = member;
    await send(tx, boardFieldRequested.create({ workspaceId, externalProjectId: id, field }));
    await audit(tx, member, "assignment.board_field_requested", {
      ...{ subjectType: "assignment", subjectId: ids.assignmentId, projectId },
      after: { board: board.name, field: name },
    });
  });
}

/** Makes the field, unless it is there by now; the job's part. */
export async function makeBoardField(
  { workspaceId, externalProjectId, field }: { workspaceId: string; externalProjectId: string; field: BoardFieldRole },
  run: { runId: string; attempt: number },
): Promise<{ isMade: boolean }> {
  const place = await prisma.externalProject.findFirst({
    where: { id: externalProjectId, workspaceId },
    select: { board: true, assignment: { select: { integrationId: true, projectId: true } } },
  });
  const board = boardOf(place?.board);
  if (!place || !board) return { isMade: false };
  const { integrationId, projectId } = place.assignment;
  const { tracker } = await openTracker({ workspaceId, integrationId }, run);
  const { name, options } = newBoardFields[field];
  // Read anew: an attempt whose answer was lost may have made it.
  const fields = await offered(tracker, "getBoardFields")({ boardId: board.id });
  const isThere = fields.some((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!isThere) await offered(tracker, "createBoardField")({ boardId: board.id, name, options });
  await transaction((tx) => announce(tx, { workspaceId, projectId, topic: "integration", id: integrationId }));
  return { isMade: !isThere };
}

export type PlaceIds = { assignmentId: string; externalProjectId: string };

async function viewOf(tracker: OpenTracker, board: BoardSettings): Promise<BoardView> {
  const fields = await offered(tracker, "getBoardFields")({ boardId: board.id });
  const { mended, gaps } = checkBoard(board, fields);
  return { board: mended, fields: [...fields], gaps };
}

async function findPlace(member: Member, ids: PlaceIds, db: Pick<Tx, "externalProject" | "projectIntegration">) {
  const { integrationId } = await getAssignment(member, ids.assignmentId, db);
  const where = { id: ids.externalProjectId, assignmentId: ids.assignmentId, workspaceId: member.workspaceId };
  const found = isId(ids.externalProjectId)
    ? await db.externalProject.findFirst({ where, select: { id: true, remoteId: true, key: true, board: true } })
    : null;
  if (!found) throw notFound("external project");
  const { board, ...place } = found;
  return { integrationId, ...place, before: boardOf(board) };
}

async function openPlace(member: Member, ids: PlaceIds) {
  await countReading(member);
  const { integrationId, remoteId, key, before } = await findPlace(member, ids, prisma);
  const { tracker } = await openTracker({ workspaceId: member.workspaceId, integrationId });
  return { tracker, project: { remoteId, key }, board: before };
}

/** A method that trackers with boards have. */
export function offered<K extends "listBoards" | "getBoardFields" | "placeOnBoard" | "createBoardField">(
  tracker: OpenTracker,
  name: K,
): NonNullable<OpenTracker[K]> {
  const method = tracker[name];
  if (!method) throw new AppError("not_supported", "This tracker has no boards.");
  return method;
}
