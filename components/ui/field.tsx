"use client";

import { Label } from "radix-ui";
import { cloneElement, type ReactElement, type ReactNode, useId } from "react";

type Control = ReactElement<{ id?: string; "aria-describedby"?: string; "aria-invalid"?: boolean; required?: boolean }>;
type Props = { label: string; hint?: ReactNode; error?: string | undefined; required?: boolean; children: Control };

/** A labelled control with its hint and its error, joined for screen readers. */
export function Field({ label, hint, error, required, children }: Props) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="flex flex-col gap-1">
      <Label.Root htmlFor={id} className="font-medium text-ui">
        {label}
        {required && (
          <span className="text-danger" aria-hidden>
            {" "}
            *
          </span>
        )}
      </Label.Root>
      {cloneElement(children, {
        id,
        ...(described && { "aria-describedby": described }),
        ...(error && { "aria-invalid": true }),
        ...(required && { required }),
      })}
      {hint && (
        <p id={`${id}-hint`} className="text-meta text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-danger text-meta">
          {error}
        </p>
      )}
    </div>
  );
}
