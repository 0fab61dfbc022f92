"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { call, problemOf } from "@/components/api";
import { useLeaveQuestion } from "@/components/attachments/use-leave-question";
import type { Problem } from "@/lib/boundary";
import type { Case } from "@/lib/results/case-shapes";
import { differing, type FieldName, type Fields, fieldsOf, merge, pick } from "./case-fields";
import { typed } from "./typed";

/** Somebody else saved meanwhile: what of theirs stands in the form now, and what both have changed. */
export type Conflict = { taken: FieldName[]; clashing: FieldName[]; theirs: Fields; at: string };

type Props = { projectId: string; initial: Case; onDone: () => void };

/** The form of a case: saved over the version that was read, and never over what somebody else has written unseen. */
export function useCaseEdit({ projectId, initial, onDone }: Props) {
  const path = `/api/projects/${projectId}/cases/${initial.id}`;
  const [left] = useState(() => typed.find(initial.id));
  const [base, setBase] = useState(left?.base ?? fieldsOf(initial));
  const [version, setVersion] = useState(left?.version ?? initial.version);
  const [fields, setFields] = useState(left?.fields ?? fieldsOf(initial));
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  // An editor tells its last words in the same breath as it asks to send them.
  const now = useRef(fields);

  const isDirty = differing(base, fields).length > 0;
  useLeaveQuestion(isDirty);

  const show = useCallback((next: Fields) => {
    now.current = next;
    setFields(next);
  }, []);

  const change = useCallback((changes: Partial<Fields>) => show({ ...now.current, ...changes }), [show]);

  useEffect(() => {
    if (isDirty) typed.keep(initial.id, { fields, base, version });
    else typed.forget(initial.id);
  }, [isDirty, fields, base, version, initial.id]);

  const meet = useCallback(
    (newer: Case) => {
      const theirs = fieldsOf(newer);
      const { fields: met, taken, clashing } = merge(base, now.current, theirs);
      setConflict({ taken, clashing, theirs, at: newer.updatedAt });
      setBase(theirs);
      setVersion(newer.version);
      show(met);
    },
    [base, show],
  );

  // What the tab had kept may be older than what the page shows.
  const wasBehind = useRef(left !== null && left.version < initial.version);
  useEffect(() => {
    if (!wasBehind.current) return;
    wasBehind.current = false;
    meet(initial);
  }, [initial, meet]);

  const save = useCallback(async () => {
    const changed = differing(base, now.current);
    if (changed.length === 0) return onDone();
    setBusy(true);
    setProblem(null);
    try {
      await call(path, { method: "PATCH", body: { version, ...pick(now.current, changed) } });
      typed.forget(initial.id);
      onDone();
    } catch (error) {
      const refusal = problemOf(error);
      if (refusal.kind !== "conflict") setProblem(refusal);
      else
        await call<{ case: Case }>(path).then(
          ({ case: newer }) => meet(newer),
          (failed) => setProblem(problemOf(failed)),
        );
    } finally {
      setBusy(false);
    }
  }, [base, version, path, initial.id, onDone, meet]);

  const takeTheirs = useCallback(
    (name: FieldName) => {
      if (!conflict) return;
      change(pick(conflict.theirs, [name]));
      setConflict({ ...conflict, clashing: conflict.clashing.filter((other) => other !== name) });
    },
    [conflict, change],
  );

  const cancel = useCallback(() => {
    typed.forget(initial.id);
    onDone();
  }, [initial.id, onDone]);

  return { fields, conflict, problem, isBusy, isDirty, change, save, takeTheirs, cancel };
}
