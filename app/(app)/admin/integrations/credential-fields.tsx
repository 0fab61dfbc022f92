"use client";

import { ExternalLink } from "lucide-react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FieldErrors } from "@/lib/errors";
import type { ProviderForm } from "@/lib/integrations/provider-forms";

export type Values = { name: string; baseUrl: string; secret: string };

type Props = {
  provider: ProviderForm;
  values: Values;
  errors: FieldErrors;
  /** True when a token is stored, so that an empty field keeps it. */
  isStored: boolean;
  onChange: (change: Partial<Values>) => void;
};

/** Name, address and token of an integration, drawn from the provider's own data. */
export function CredentialFields({ provider, values, errors, isStored, onChange }: Props) {
  const form = provider.auth[0];
  const field = form?.fields[0];
  return (
    <>
      <Field label="Name" required error={errors.name} hint="How people here call it, such as Production GitHub.">
        <Input value={values.name} maxLength={80} onChange={(event) => onChange({ name: event.target.value })} />
      </Field>
      <Field label={provider.location.label} required error={errors.baseUrl} hint={provider.location.help}>
        <Input
          value={values.baseUrl}
          placeholder={provider.location.placeholder}
          inputMode="url"
          spellCheck={false}
          onChange={(event) => onChange({ baseUrl: event.target.value })}
        />
      </Field>
      {form && field && (
        <Field
          label={form.label}
          required={!isStored}
          error={errors.secret}
          hint={
            <>
              {form.help.text}{" "}
              <a href={form.help.url} target="_blank" rel="noreferrer" className="text-link underline">
                Where to make one <ExternalLink className="inline size-3" aria-hidden />
              </a>
              {isStored && <> It is sealed, and nobody can read it back.</>}
            </>
          }
        >
          <Input
            type="password"
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
            value={values.secret}
            placeholder={isStored ? "leave empty to keep" : field.placeholder}
            onChange={(event) => onChange({ secret: event.target.value })}
          />
        </Field>
      )}
    </>
  );
}
