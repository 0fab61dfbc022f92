"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight, FileUp } from "lucide-react";
import { useDeferredValue, useRef, useState } from "react";
import { call, problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import type { FieldErrors } from "@/lib/errors";
import type { CertificateShown } from "@/lib/integrations/certificates";
import { Certificates } from "./certificates";
import type { Values } from "./values";

type Props = {
  values: Values;
  errors: FieldErrors;
  /** The stored proxy, without what it may hold of a password. */
  proxyHost: string | null;
  onChange: (change: Partial<Values>) => void;
};

const mostBytes = 65_536;

/** Certificates and proxy: for trackers inside a network of one's own, hence folded away. */
export function WayFields({ values, errors, proxyHost, onChange }: Props) {
  const { caCertificate, tlsFingerprint } = values;
  const hasError = Boolean(errors.caCertificate ?? errors.tlsFingerprint ?? errors.proxy);
  const isUsed = Boolean(caCertificate || tlsFingerprint || proxyHost || values.proxy);
  const [isOpen, setOpen] = useState(isUsed);
  return (
    <details
      className="group border-t pt-3"
      open={isOpen || hasError}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="flex cursor-pointer list-none items-start gap-1.5 font-medium">
        <ChevronRight className="mt-1 size-3.5 shrink-0 transition-transform group-open:rotate-90" aria-hidden />
        <span>
          Own certificate or proxy{" "}
          <span className="font-normal text-muted">{isUsed ? "· in use" : "· for trackers inside your network"}</span>
        </span>
      </summary>
      <div className="flex flex-col gap-4 pt-3">
        <CertificateField
          text={caCertificate}
          error={errors.caCertificate}
          onChange={(text) => onChange({ caCertificate: text })}
        />
        <Field
          label="Pinned certificate (SHA-256 fingerprint)"
          error={errors.tlsFingerprint}
          hint="Only the certificate with this fingerprint is accepted. Without an authority above it takes the place of one, also for a certificate that has signed itself."
        >
          <Input
            value={tlsFingerprint}
            placeholder="AB:CD:…"
            spellCheck={false}
            autoComplete="off"
            className="font-mono"
            onChange={(event) => onChange({ tlsFingerprint: event.target.value })}
          />
        </Field>
        <ProxyField values={values} error={errors.proxy} proxyHost={proxyHost} onChange={onChange} />
      </div>
    </details>
  );
}

type CertificateProps = { text: string; error: string | undefined; onChange: (text: string) => void };

function CertificateField({ text, error, onChange }: CertificateProps) {
  const file = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const caCertificate = useDeferredValue(text.trim());
  const { data, error: unread } = useQuery({
    queryKey: ["certificate", caCertificate],
    queryFn: ({ signal }) =>
      call<{ certificates: CertificateShown[] }>("/api/integrations/certificate", {
        method: "POST",
        body: { caCertificate },
        signal,
      }),
    enabled: caCertificate !== "" && caCertificate.length <= mostBytes,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const problem = refused ?? error ?? (unread && caCertificate ? problemOf(unread).detail : undefined);

  const take = async (chosen: File | undefined) => {
    setRefused(null);
    if (!chosen) return;
    if (chosen.size > mostBytes) return setRefused("This file is too large to be a certificate.");
    onChange(await chosen.text());
  };

  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Certificate authority"
        error={problem}
        hint="In PEM format. It is trusted for this tracker's host beside the usual authorities."
      >
        <Textarea
          value={text}
          placeholder={"-----BEGIN CERTIFICATE-----\n…"}
          spellCheck={false}
          className="min-h-24 font-mono text-code"
          onChange={(event) => {
            setRefused(null);
            onChange(event.target.value);
          }}
        />
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" onClick={() => file.current?.click()}>
          <FileUp aria-hidden /> Choose a file
        </Button>
        {text && (
          <Button size="sm" variant="ghost" onClick={() => onChange("")}>
            Remove
          </Button>
        )}
        <input
          ref={file}
          type="file"
          accept=".pem,.crt,.cer,application/x-pem-file,application/x-x509-ca-cert"
          className="hidden"
          tabIndex={-1}
          aria-hidden
          onChange={(event) => {
            const { target } = event;
            // The same file again has to be a change as well.
            void take(target.files?.[0]).then(() => {
              target.value = "";
            });
          }}
        />
      </div>
      <div aria-live="polite">{data && caCertificate && <Certificates certificates={data.certificates} />}</div>
    </div>
  );
}

type ProxyProps = Pick<Props, "values" | "proxyHost" | "onChange"> & { error: string | undefined };

function ProxyField({ values, error, proxyHost, onChange }: ProxyProps) {
  const { proxy, isProxyRemoved } = values;
  const isKept = proxyHost !== null && !isProxyRemoved;
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="HTTP proxy"
        error={error}
        hint={
          isKept
            ? `Calls go through ${proxyHost}. Its user name and password are sealed.`
            : "With http://user:password@ before the host where it asks for them; they are sealed."
        }
      >
        <Input
          value={proxy}
          placeholder={isKept ? "leave empty to keep" : "http://proxy.example:3128"}
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onChange({ proxy: event.target.value })}
        />
      </Field>
      {proxyHost !== null && (
        <div>
          <Button size="sm" variant="ghost" onClick={() => onChange({ proxy: "", isProxyRemoved: !isProxyRemoved })}>
            {isProxyRemoved ? `Keep the proxy ${proxyHost}` : "Remove the proxy"}
          </Button>
        </div>
      )}
    </div>
  );
}
