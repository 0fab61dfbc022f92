"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionForm } from "@/components/forms/action-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { changePassword, rename } from "./actions";

export function NameForm({ name }: { name: string }) {
  const router = useRouter();
  const done = () => {
    toast.success("Your name is changed.");
    router.refresh();
  };
  return (
    <ActionForm action={rename} submit="Save name" onDone={done} className="max-w-96">
      {(errors) => (
        <Field label="Your name" error={errors.name} required>
          <Input name="name" autoComplete="name" defaultValue={name} maxLength={100} />
        </Field>
      )}
    </ActionForm>
  );
}

export function PasswordForm({ email }: { email: string }) {
  const [round, setRound] = useState(0);
  const done = () => {
    toast.success("Your password is changed. Your other browsers are signed out.");
    // A new key empties the fields.
    setRound(round + 1);
  };
  return (
    <ActionForm key={round} action={changePassword} submit="Change password" onDone={done} className="max-w-96">
      {(errors) => (
        <>
          {/* Password managers ask whose password this is. */}
          <input hidden type="text" name="username" autoComplete="username" value={email} readOnly />
          <Field label="Present password" error={errors.current} required>
            <Input name="current" type="password" autoComplete="current-password" maxLength={256} />
          </Field>
          <Field label="New password" hint="At least 10 characters." error={errors.password} required>
            <Input name="password" type="password" autoComplete="new-password" minLength={10} maxLength={256} />
          </Field>
        </>
      )}
    </ActionForm>
  );
}
