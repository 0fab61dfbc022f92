"use client";

import { useRouter } from "next/navigation";
import { startTransition, useState, useTransition } from "react";
import { problemOf } from "@/components/api";
import { toast } from "@/components/ui/toast";
import type { Attempt, Problem } from "@/lib/boundary";

type Change = {
  work: () => Promise<Attempt<unknown>>;
  /** What is said when it is done, unless the work says it itself. */
  done?: string;
  /** Shows the outcome at once, by useOptimistic; it falls back by itself when the work fails. */
  show?: () => void;
};

/** Runs one change at a time; afterwards the page is read again, or the problem is there to be shown. */
export function useChange() {
  const router = useRouter();
  const [isBusy, start] = useTransition();
  const [problem, setProblem] = useState<Problem | null>(null);

  const change = ({ work, done, show }: Change) =>
    new Promise<boolean>((resolve) => {
      start(async () => {
        show?.();
        const answer = await work();
        // After an await React has left the transition; what follows has to join it again.
        startTransition(() => {
          setProblem(answer.ok ? null : answer.error);
          if (answer.ok) router.refresh();
        });
        if (answer.ok && done) toast.success(done);
        resolve(answer.ok);
      });
    });
  return { change, isBusy, problem, forget: () => setProblem(null) };
}

/** A call of the API as what an action answers. */
export async function attemptOf<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: problemOf(error) };
  }
}
