"use client";

import { ExternalLink } from "lucide-react";
import { useId } from "react";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FieldErrors } from "@/lib/errors";
import type { ProviderForm } from "@/lib/integrations/provider-forms";
import type { AuthField, AuthForm } from "@/lib/trackers/tracker";
import { carriedOver, type Values } from "./values";

type Props = {
  provider: ProviderForm;
  values: Values;
  errors: FieldErrors;
  /** True when secrets are stored for what the form says now, so that an empty field keeps them. */
  isStored: boolean;
  onChange: (change: Partial<Values>) => void;
};

/** How Faultline signs in, drawn from the provider's own data: the way, its fields, and where their values are found. */
export function CredentialFields({ provider, values, errors, isStored, onChange }: Props) {
  const form = provider.auth.find(({ id }) => id === values.authType);
  return (
    <>
      {provider.auth.length > 1 && (
        <AuthTypes
          forms={provider.auth}
          chosen={values.authType}
          error={errors.authType}
          onChoose={(next) => onChange({ authType: next.id, credential: carriedOver(next, values.credential) })}
        />
      )}
      {form?.fields.map((field) => (
        <CredentialField
          key={`${form.id} ${field.name}`}
          field={field}
          // The only field of the only way is what that way is called.
          label={provider.auth.length + form.fields.length === 2 ? form.label : field.label}
          value={values.credential[field.name] ?? ""}
          error={errors[`credential.${field.name}`]}
          isStored={isStored}
          onChange={(value) => onChange({ credential: { ...values.credential, [field.name]: value } })}
        />
      ))}
      {form && <Help form={form} />}
    </>
  );
}

type FieldProps = {
  field: AuthField;
  label: string;
  value: string;
  error: string | undefined;
  isStored: boolean;
  onChange: (value: string) => void;
};

function CredentialField({ field, label, value, error, isStored, onChange }: FieldProps) {
  const { placeholder, isSecret, isOptional } = field;
  const isKept = isSecret && isStored;
  return (
    <Field
      label={isOptional ? `${label} (optional)` : label}
      required={!isOptional && !isKept}
      error={error}
      {...(isKept && { hint: "It is sealed, and nobody can read it back." })}
    >
      <Input
        type={isSecret ? "password" : "text"}
        autoComplete="off"
        spellCheck={false}
        className={cn(isSecret && "font-mono")}
        value={value}
        placeholder={isKept ? "leave empty to keep" : placeholder}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

const Help = ({ form: { help } }: { form: AuthForm }) => (
  <p className="-mt-2 text-meta text-muted">
    {help.text}{" "}
    {help.url && (
      <a href={help.url} target="_blank" rel="noreferrer" className="text-link underline">
        Where to find it <ExternalLink className="inline size-3" aria-hidden />
        <span className="sr-only"> (opens in a new tab)</span>
      </a>
    )}
  </p>
);

type Types = {
  forms: readonly AuthForm[];
  chosen: string;
  error: string | undefined;
  onChoose: (form: AuthForm) => void;
};

function AuthTypes({ forms, chosen, error, onChoose }: Types) {
  const name = useId();
  return (
    <fieldset aria-describedby={error ? `${name}-error` : undefined}>
      <legend className="mb-1 font-medium">Faultline signs in with</legend>
      <div className="flex flex-wrap gap-2">
        {forms.map((form) => (
          <label
            key={form.id}
            className={cn(
              "flex h-8 cursor-pointer items-center gap-2 rounded-md border px-2.5 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent",
              form.id === chosen ? "border-accent bg-selected" : "border-line-strong",
            )}
          >
            <input
              type="radio"
              name={name}
              checked={form.id === chosen}
              onChange={() => onChoose(form)}
              className="accent-(--accent)"
            />
            {form.label}
          </label>
        ))}
      </div>
      {error && (
        <p id={`${name}-error`} role="alert" className="mt-1 text-danger text-meta">
          {error}
        </p>
      )}
    </fieldset>
  );
}
