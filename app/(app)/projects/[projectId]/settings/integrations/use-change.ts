"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import type { Attempt, Problem } from "@/lib/boundary";

/** Runs one change at a time; afterwards the page is read again, or the problem is there to be shown. */
export function useChange() {
  const router = useRouter();
  const [isBusy, start] = useTransition();
  const [problem, setProblem] = useState<Problem | null>(null);

  const change = (work: () => Promise<Attempt<unknown>>, done: string) =>
    new Promise<boolean>((resolve) => {
      start(async () => {
        const answer = await work();
        setProblem(answer.ok ? null : answer.error);
        if (answer.ok) {
          toast.success(done);
          router.refresh();
        }
        resolve(answer.ok);
      });
    });
  return { change, isBusy, problem, forget: () => setProblem(null) };
}
