"use client";

import { PlugZap } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import type { Problem } from "@/lib/boundary";
import { counted } from "@/lib/integrations/counted";
import type { ProviderForm } from "@/lib/integrations/provider-forms";
import { edit, testStored } from "../../actions";
import { CredentialFields } from "../../credential-fields";
import { Outcome } from "../../outcome";
import { PlaceFields } from "../../place-fields";
import { useTest } from "../../use-test";
import { sentOf, type Values } from "../../values";
import { WayFields } from "../../way-fields";

type Stored = Pick<Values, "name" | "baseUrl" | "authType" | "credential" | "caCertificate" | "tlsFingerprint"> & {
  id: string;
  proxyHost: string | null;
  ownConnections: number;
};
type Props = { provider: ProviderForm; integration: Stored };

/** Stored secrets never come here: an empty field means that it stays as it is. */
export function EditForm({ provider, integration }: Props) {
  const { id: integrationId, proxyHost, ownConnections, ...stored } = integration;
  const router = useRouter();
  const [values, setValues] = useState<Values>({ ...stored, proxy: "", isProxyRemoved: false });
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isSaving, setSaving] = useState(false);
  const tested = useTest(() => testStored({ integrationId, ...sentOf(values) }));

  const change = (changed: Partial<Values>) => {
    setValues((before) => ({ ...before, ...changed }));
    setProblem(null);
    tested.forget();
  };

  const secrets =
    provider.auth.find(({ id }) => id === values.authType)?.fields.filter(({ isSecret }) => isSecret) ?? [];
  const hasSecret = secrets.some(({ name }) => values.credential[name]);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setSaving(true);
    const answer = await edit({ integrationId, name: values.name, ...sentOf(values) });
    setSaving(false);
    if (!answer.ok) return setProblem(answer.error);
    toast.success(hasSecret ? "Saved, with the new credential." : "Saved. The credential is unchanged.");
    setValues((before) => ({
      ...before,
      credential: withoutSecrets(before.credential),
      proxy: "",
      isProxyRemoved: false,
    }));
    router.refresh();
  };
  const withoutSecrets = (credential: Values["credential"]) =>
    Object.fromEntries(Object.entries(credential).filter(([name]) => !secrets.some((secret) => secret.name === name)));

  const errors = problem?.fields ?? tested.problem?.fields ?? {};
  const isOtherType = values.authType !== stored.authType;
  const isMoved = values.baseUrl.trim() !== stored.baseUrl;
  const isOtherWay =
    values.caCertificate.trim() !== stored.caCertificate.trim() ||
    values.tlsFingerprint.trim() !== stored.tlsFingerprint ||
    values.proxy.trim() !== "" ||
    values.isProxyRemoved;
  const isStored = !isMoved && !isOtherWay && !isOtherType;
  return (
    <form onSubmit={save} className="flex max-w-xl flex-col gap-4" noValidate>
      <PlaceFields provider={provider} values={values} errors={errors} onChange={change} />
      <CredentialFields provider={provider} values={values} errors={errors} isStored={isStored} onChange={change} />
      <WayFields values={values} errors={errors} proxyHost={proxyHost} onChange={change} />
      {isOtherType && (
        <Notice tone="warning" title="Another way to sign in">
          The credential that is stored for the present one is replaced.
          {ownConnections > 0 &&
            ` ${counted(ownConnections, "person", "people")} who signed in for themselves will have to authorize again.`}
        </Notice>
      )}
      {(isMoved || isOtherWay) && !isOtherType && secrets.length > 0 && !hasSecret && (
        <Notice tone="warning" title="Enter the credential again">
          What is stored was entered for {new URL(stored.baseUrl).host}
          {!isMoved && ", reached in another way,"} and is never sent anywhere else.
        </Notice>
      )}
      <Outcome tested={tested} problem={problem} />
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="primary" type="submit" busy={isSaving} disabled={tested.isTesting}>
          Save changes
        </Button>
        <Button onClick={tested.test} busy={tested.isTesting} disabled={isSaving}>
          {!tested.isTesting && <PlugZap aria-hidden />} Test connection
        </Button>
      </div>
    </form>
  );
}
