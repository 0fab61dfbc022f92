"use client";

import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import type { FieldErrors } from "@/lib/errors";

type Values = { name: string; description: string; defaultBranch: string };

/** What can be said of a project. */
export const ProjectFields = ({ errors, values }: { errors: FieldErrors; values?: Values }) => (
  <>
    <Field label="Name" error={errors.name} required>
      <Input name="name" defaultValue={values?.name} maxLength={100} autoComplete="off" autoFocus={!values} />
    </Field>
    <Field label="Description" error={errors.description}>
      <Textarea name="description" defaultValue={values?.description} maxLength={2000} rows={3} />
    </Field>
    <Field
      label="Default branch"
      hint="Runs of this branch say how the project stands."
      error={errors.defaultBranch}
      required
    >
      <Input
        name="defaultBranch"
        defaultValue={values?.defaultBranch ?? "main"}
        maxLength={200}
        autoComplete="off"
        className="font-mono"
      />
    </Field>
  </>
);
