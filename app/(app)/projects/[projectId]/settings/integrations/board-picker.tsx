"use client";

import { useState } from "react";
import { problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ProblemNotice } from "@/components/ui/problem-notice";
import type { Choice } from "@/lib/trackers/tracker";
import { type BoardIds, useBoards } from "./use-board";

type Props = { ids: BoardIds; isBusy: boolean; onChoose: (board: Choice) => void; onCancel?: () => void };

/** One of the tracker's boards, by what is typed. */
export function BoardPicker({ ids, isBusy, onChoose, onCancel }: Props) {
  const [text, setText] = useState("");
  const { data, error, isFetching } = useBoards(ids, text);
  const boards = data?.boards ?? [];
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-end gap-2">
        <div className="flex-1">
          <Field label="Find a board">
            <Input
              value={text}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => setText(target.value)}
            />
          </Field>
        </div>
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
      </div>
      {error && <ProblemNotice problem={problemOf(error)} />}
      <ul className="flex max-h-60 flex-col overflow-y-auto rounded-md border empty:hidden" aria-busy={isFetching}>
        {boards.map((board) => (
          <li key={board.id}>
            <Button variant="ghost" className="w-full justify-start" disabled={isBusy} onClick={() => onChoose(board)}>
              {board.name}
            </Button>
          </li>
        ))}
      </ul>
      <p className="text-meta text-muted" role="status">
        {data && boards.length === 0 && "No board is called so, or the credential cannot see it."}
        {data?.next && "There are more: type a part of the name."}
      </p>
    </div>
  );
}
