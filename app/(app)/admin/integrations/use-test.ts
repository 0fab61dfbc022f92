"use client";

import { useState } from "react";
import type { Attempt, Problem } from "@/lib/boundary";
import type { ConnectionReport } from "@/lib/integrations/connection-report";

/** A connection test on a form: under way, its report, or why it could not be made. */
export function useTest(run: () => Promise<Attempt<ConnectionReport>>) {
  const [isTesting, setTesting] = useState(false);
  const [report, setReport] = useState<ConnectionReport | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const forget = () => {
    setReport(null);
    setProblem(null);
  };
  const test = async () => {
    forget();
    setTesting(true);
    try {
      const answer = await run();
      if (answer.ok) setReport(answer.value);
      else setProblem(answer.error);
    } finally {
      setTesting(false);
    }
  };
  return { test, forget, isTesting, report, problem };
}
