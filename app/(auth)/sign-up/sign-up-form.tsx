"use client";

import { ActionForm } from "@/components/forms/action-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { signUp } from "../actions";
import { PersonFields } from "../person-fields";

/** A new person and their workspace. */
export const SignUpForm = () => (
  <ActionForm buttons="wide" action={signUp} submit="Create workspace">
    {(errors) => (
      <>
        <Field
          label="Workspace"
          hint="Your company or team. Projects and people live in it."
          error={errors.workspace}
          required
        >
          <Input name="workspace" autoComplete="organization" maxLength={100} autoFocus />
        </Field>
        <PersonFields errors={errors} />
      </>
    )}
  </ActionForm>
);
