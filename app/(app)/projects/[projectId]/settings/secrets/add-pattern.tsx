"use client";

import { useState } from "react";
import { PatternForm } from "./pattern-form";

/** Starts empty again after each pattern that was added. */
export function AddPattern({ projectId }: { projectId: string }) {
  const [round, setRound] = useState(0);
  return <PatternForm key={round} projectId={projectId} onDone={() => setRound(round + 1)} />;
}
