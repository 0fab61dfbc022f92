"use client";

import { useState } from "react";
import { problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { AssignmentListed } from "@/lib/integrations/list-assignments";
import { BoardFields } from "./board-fields";
import { BoardGaps } from "./board-gaps";
import { BoardPicker } from "./board-picker";
import { type BoardIds, useBoard } from "./use-board";

type External = AssignmentListed["externalProjects"][number];
type Props = { ids: { projectId: string; assignmentId: string }; external: External };

/** Which board the new issues of one place are put on. The tracker is asked when somebody opens it. */
export function BoardSettings({ ids, external }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" variant="ghost" aria-label={`The board for new issues in ${external.key}`}>
          {external.boardName ? `on the board ${external.boardName}…` : "on no board…"}
        </Button>
      </DialogTrigger>
      {isOpen && (
        <BoardDialog
          ids={{ ...ids, externalProjectId: external.id }}
          place={external.key}
          onDone={() => setOpen(false)}
        />
      )}
    </Dialog>
  );
}

function BoardDialog({ ids, place, onDone }: { ids: BoardIds; place: string; onDone: () => void }) {
  const { view, isBusy, problem, awaited, save, makeField } = useBoard(ids);
  const [isPicking, setPicking] = useState(false);
  const { data, error, isFetching } = view;
  const board = data?.board ?? null;
  const picks = isPicking || (data !== undefined && board === null);

  return (
    <DialogContent
      className="sm:max-w-xl"
      title="Board for new issues"
      description={`Each new issue in ${place} is put on this board. If that fails, the issue stays and says so.`}
      notice={problem && <ProblemNotice problem={problem} />}
    >
      <div className="flex flex-col gap-4">
        {error && <ProblemNotice problem={problemOf(error)} />}
        {!data && !error && <Skeleton className="h-24" />}
        {data && board && !isPicking && (
          <>
            <div className="flex flex-wrap items-center gap-2">
              <p>
                Issues go on <strong className="font-medium">{board.name}</strong>.
              </p>
              <span className="ml-auto flex gap-1">
                <Button size="sm" disabled={isBusy} onClick={() => setPicking(true)}>
                  Choose another
                </Button>
                <Button
                  size="sm"
                  disabled={isBusy}
                  onClick={async () => {
                    if (await save(null)) toast.success("New issues are put on no board.");
                  }}
                >
                  Use none
                </Button>
              </span>
            </div>
            <BoardGaps gaps={data.gaps} isChecking={isFetching} onCheck={() => void view.refetch()} />
            <BoardFields
              // Anew when another board is chosen or what is stored has changed; what is typed survives a mere look.
              key={JSON.stringify(board)}
              board={board}
              fields={data.fields ?? []}
              isBusy={isBusy}
              awaited={awaited}
              onMake={makeField}
              onSave={async (settings) => {
                if (!(await save(settings))) return;
                toast.success("The board is saved.");
                onDone();
              }}
            />
          </>
        )}
        {picks && (
          <BoardPicker
            ids={ids}
            isBusy={isBusy}
            {...(board && { onCancel: () => setPicking(false) })}
            onChoose={async ({ id, name }) => {
              if (await save({ id, name, priority: null, status: null })) setPicking(false);
            }}
          />
        )}
        {awaited && <Notice>The field is being made at the tracker…</Notice>}
      </div>
    </DialogContent>
  );
}
