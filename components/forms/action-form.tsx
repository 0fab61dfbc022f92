"use client";

import { type ReactNode, startTransition, useActionState, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { Attempt } from "@/lib/boundary";
import type { FieldErrors } from "@/lib/errors";
import { Refusal } from "./refusal";

/** A server action that takes a form; `previous` is what useActionState hands on. */
export type FormAction<T> = (previous: Attempt<T> | null, form: FormData) => Promise<Attempt<T>>;

type Props<T> = {
  action: FormAction<T>;
  /** The verb on the button. */
  submit: string;
  cancel?: ReactNode;
  onDone?: (value: T) => void;
  /** Where the buttons stand: below the fields on a page, at the end in a dialog, as wide as the fields for guests. */
  buttons?: keyof typeof places;
  className?: string;
  children: (errors: FieldErrors) => ReactNode;
};

const places = {
  start: "flex-row-reverse justify-end",
  end: "justify-end",
  wide: "[&>button]:flex-1",
};

/**
 * A form for a server action. It posts before the page's script has loaded too, so a password never ends up in an
 * address; a refusal keeps what was typed and moves the focus to the first field that is wrong.
 */
export function ActionForm<T>({ action, submit, cancel, onDone, buttons = "start", className, children }: Props<T>) {
  const [state, run, isBusy] = useActionState(action, null);
  const form = useRef<HTMLFormElement>(null);
  const done = useRef(onDone);
  done.current = onDone;

  useEffect(() => {
    if (state?.ok) done.current?.(state.value);
    else if (state) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [state]);

  const error = state && !state.ok ? state.error : null;
  return (
    <form
      ref={form}
      action={run}
      onSubmit={(event) => {
        // React empties a form once its action is done, refused or not; dispatched by hand, it does not.
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        startTransition(() => run(data));
      }}
      className={cn("flex flex-col gap-4", className)}
    >
      {error && !error.fields && <Refusal problem={error} />}
      {children(error?.fields ?? {})}
      <div className={cn("flex flex-wrap items-center gap-2", places[buttons])}>
        {cancel}
        <Button type="submit" variant="primary" busy={isBusy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
