"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import type { TrackerForm } from "@/lib/issues/form/tracker-form";
import { keyOf, problemsOf, type Typed } from "./keys";

type Input = {
  form: TrackerForm | undefined;
  typed: Typed;
  /** What the tracker said of an earlier sending, by its field's id. */
  refused: Readonly<Record<string, string>> | undefined;
};

/** What stands at the fields: the tracker's own word until the field is edited; ours from the first try to send on. */
export function useFieldErrors({ form, typed, refused }: Input) {
  const [isTried, setTried] = useState(false);
  const before = useRef({ refused, typed });
  if (before.current.refused !== refused) before.current = { refused, typed };
  const ours = useMemo(() => (form ? problemsOf(form, typed) : {}), [form, typed]);
  const errors = useMemo(() => {
    const wasTyped = before.current.typed;
    const isUntouched = (id: string) => {
      const field = form?.fields.find((one) => one.id === id);
      const key = field && form ? keyOf(field, form) : id;
      return typed[key] === wasTyped[key];
    };
    const theirs = Object.entries(refused ?? {}).filter(([id]) => isUntouched(id));
    return { ...Object.fromEntries(theirs), ...(isTried && ours) };
  }, [form, typed, refused, isTried, ours]);

  /** True: nothing of ours is in the way. Otherwise it is said, and the first field that lacks something has the focus. */
  const check = useCallback(() => {
    const first = form?.fields.find(({ id }) => ours[id] !== undefined);
    if (!first) return true;
    setTried(true);
    requestAnimationFrame(() => focusField(first.id));
    return false;
  }, [form, ours]);
  return { errors, check };
}

function focusField(id: string): void {
  const field = document.querySelector(`[data-field="${CSS.escape(id)}"]`);
  const control = field?.querySelector<HTMLElement>("input, select, textarea, button");
  field?.scrollIntoView({ block: "center" });
  control?.focus({ preventScroll: true });
}
