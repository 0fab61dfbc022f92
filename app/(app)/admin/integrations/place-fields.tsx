"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call, problemOf } from "@/components/api";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FieldErrors } from "@/lib/errors";
import type { AddressPreview } from "@/lib/integrations/preview-address";
import type { ProviderForm } from "@/lib/integrations/provider-forms";
import type { Values } from "./values";

type Props = {
  provider: ProviderForm;
  values: Values;
  errors: FieldErrors;
  onChange: (change: Partial<Values>) => void;
};

/** How the integration is called here, and where the tracker is; what an address leads to is said while it is typed. */
export function PlaceFields({ provider, values, errors, onChange }: Props) {
  const { location, label } = provider;
  const preview = usePreview(provider.id, values.baseUrl);
  const error = errors.baseUrl ?? preview?.error;
  return (
    <>
      <Field label="Name" required error={errors.name} hint={`How people here call it, such as Production ${label}.`}>
        <Input value={values.name} maxLength={80} onChange={(event) => onChange({ name: event.target.value })} />
      </Field>
      <div className="flex flex-col gap-1">
        <Field label={location.label} required error={error} hint={location.help}>
          <Input
            value={values.baseUrl}
            placeholder={location.placeholder}
            inputMode="url"
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => onChange({ baseUrl: event.target.value })}
          />
        </Field>
        <div aria-live="polite" className="break-all text-meta text-muted empty:hidden">
          {preview?.example && (
            <>
              {preview.example.ref} becomes <span className="font-mono text-fg">{preview.example.url}</span>
            </>
          )}
          {preview?.baseUrl && !preview.example && !error && preview.baseUrl !== values.baseUrl.trim() && (
            <>
              Calls go to <span className="font-mono text-fg">{preview.baseUrl}</span>
            </>
          )}
        </div>
      </div>
    </>
  );
}

// Half a word is no mistake yet.
const pauseMs = 300;

/** What the address becomes, by the tracker's own rules; null while nothing is typed. */
function usePreview(provider: string, text: string) {
  const [baseUrl, setBaseUrl] = useState(text.trim());
  useEffect(() => {
    const timer = setTimeout(() => setBaseUrl(text.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, error } = useQuery({
    queryKey: ["address-preview", provider, baseUrl],
    queryFn: ({ signal }) =>
      call<AddressPreview>(`/api/integrations/address?${new URLSearchParams({ provider, baseUrl })}`, { signal }),
    enabled: baseUrl !== "",
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (baseUrl !== text.trim() || baseUrl === "") return null;
  return { ...data, error: error ? problemOf(error).fields?.baseUrl : undefined };
}
