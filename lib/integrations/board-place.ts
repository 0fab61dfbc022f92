import { prisma } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { AppError, isKind } from "@/lib/errors";
import type { IssueAddress, OpenTracker } from "@/lib/trackers/tracker";
import { offered } from "./board";
import { checkBoard, gapInWords, valuesFor } from "./board-check";
import { type BoardSettings, boardOf } from "./board-shape";

export type BoardPlace = { workspaceId: string; projectId: string; integrationId: string; remoteId: string };

/** The board that new issues of a place are put on; null: none. */
export async function findBoard({ workspaceId, projectId, integrationId, remoteId }: BoardPlace) {
  const found = await prisma.externalProject.findFirst({
    where: { workspaceId, remoteId, assignment: { projectId, integrationId } },
    select: { id: true, board: true },
  });
  const board = boardOf(found?.board);
  return found && board ? { externalProjectId: found.id, board } : null;
}

/**
 * Puts an issue on its board and sets its fields; done again, it is there once. Where the board no longer knows an id,
 * everything is looked up by name and remembered; what is gone by name as well is named, after all else has been set.
 */
export async function putOnBoard(
  tracker: OpenTracker,
  address: IssueAddress,
  { externalProjectId, board }: { externalProjectId: string; board: BoardSettings },
  wanted: { severity: string; state: string },
): Promise<void> {
  const place = (settings: BoardSettings) =>
    offered(tracker, "placeOnBoard")(address, { boardId: board.id, values: valuesFor(settings, wanted) });
  try {
    await place(board);
  } catch (error) {
    if (!isKind(error, "tracker_refused") && !isKind(error, "tracker_not_found")) throw error;
    const { settings, mended, gaps } = checkBoard(
      board,
      await offered(tracker, "getBoardFields")({ boardId: board.id }),
    );
    await place(settings);
    const data = { board: mended as Prisma.InputJsonObject }; // JSON of the board's schema
    await prisma.externalProject.update({ where: { id: externalProjectId }, data, select: { id: true } });
    const [gap] = gaps;
    if (gap) throw new AppError("tracker_refused", gapInWords(gap));
  }
}
