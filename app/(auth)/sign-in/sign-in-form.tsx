"use client";

import { ActionForm } from "@/components/forms/action-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { signIn } from "../actions";

type Props = { next: string; email?: string | undefined; invitation?: string | undefined };

/** E-mail and password. */
export const SignInForm = ({ next, email, invitation }: Props) => (
  <ActionForm buttons="wide" action={signIn} submit={invitation ? "Sign in and join" : "Sign in"}>
    {(errors) => (
      <>
        <input type="hidden" name="next" value={next} />
        {invitation && <input type="hidden" name="invitation" value={invitation} />}
        <Field label="E-mail" error={errors.email} required>
          <Input name="email" type="email" autoComplete="username" defaultValue={email} autoFocus={!email} />
        </Field>
        <Field label="Password" error={errors.password} required>
          <Input name="password" type="password" autoComplete="current-password" maxLength={256} autoFocus={!!email} />
        </Field>
      </>
    )}
  </ActionForm>
);
