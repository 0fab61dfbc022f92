"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FieldErrors } from "@/lib/errors";

type Props = { errors: FieldErrors; email?: string | null };

/** What a new person tells about themselves. An address that an invitation names is fixed. */
export const PersonFields = ({ errors, email }: Props) => (
  <>
    <Field label="Your name" error={errors.name} required>
      <Input name="name" autoComplete="name" maxLength={100} />
    </Field>
    <Field label="E-mail" error={errors.email} required>
      <Input
        name="email"
        type="email"
        autoComplete="username"
        maxLength={254}
        {...(email && { defaultValue: email, readOnly: true })}
      />
    </Field>
    <Field
      label="Password"
      hint="At least 10 characters. A few words are easy to remember."
      error={errors.password}
      required
    >
      <Input name="password" type="password" autoComplete="new-password" minLength={10} maxLength={256} />
    </Field>
  </>
);
