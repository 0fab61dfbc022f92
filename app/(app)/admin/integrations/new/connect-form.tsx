"use client";

import { PlugZap } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { Problem } from "@/lib/boundary";
import type { ProviderForm } from "@/lib/integrations/provider-forms";
import { connect, testNew } from "../actions";
import { CredentialFields } from "../credential-fields";
import { Outcome } from "../outcome";
import { PlaceFields } from "../place-fields";
import { ProviderCards } from "../provider-cards";
import { useTest } from "../use-test";
import { sentOf, type Values } from "../values";
import { WayFields } from "../way-fields";

type Id = Parameters<typeof connect>[0]["provider"];

const emptyFor = (provider: ProviderForm | undefined): Values => ({
  name: "",
  baseUrl: provider?.location.default ?? "",
  authType: provider?.auth[0]?.id ?? "",
  credential: {},
  caCertificate: "",
  tlsFingerprint: "",
  proxy: "",
  isProxyRemoved: false,
});

/** Chooses the tracker, takes address and credential, tests them, and saves. Secrets leave this form only upwards. */
export function ConnectForm({ providers }: { providers: ProviderForm[] }) {
  const router = useRouter();
  const [provider, setProvider] = useState(providers[0]);
  const [values, setValues] = useState<Values>(() => emptyFor(providers[0]));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isSaving, setSaving] = useState(false);

  // The list comes from the registry, so its ids are provider ids.
  const site = () => ({ provider: provider?.id as Id, ...sentOf(values) });
  const tested = useTest(() => testNew(site()));
  const change = (changed: Partial<Values>) => {
    setValues((before) => ({ ...before, ...changed }));
    setProblem(null);
    tested.forget();
  };

  // The name and the way through one's own network fit any tracker; address and credential do not.
  const choose = (next: ProviderForm) => {
    setProvider(next);
    const { baseUrl, authType, credential } = emptyFor(next);
    change({ baseUrl, authType, credential });
  };

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setSaving(true);
    const answer = await connect({ ...site(), name: values.name });
    if (answer.ok) {
      toast.success(`${values.name.trim()} is connected. Assign it to a project next.`);
      return router.push(`/admin/integrations/${answer.value.id}`);
    }
    setSaving(false);
    setProblem(answer.error);
  };

  if (!provider) return null;
  const errors = problem?.fields ?? tested.problem?.fields ?? {};
  return (
    <form onSubmit={save} className="flex max-w-xl flex-col gap-5" noValidate>
      <ProviderCards providers={providers} chosen={provider} onChoose={choose} />
      {!provider.canCreate && (
        <p className="text-muted">Its issues are linked by their id or address. Faultline files nothing there.</p>
      )}
      <PlaceFields provider={provider} values={values} errors={errors} onChange={change} />
      <CredentialFields provider={provider} values={values} errors={errors} isStored={false} onChange={change} />
      <WayFields values={values} errors={errors} proxyHost={null} onChange={change} />
      <Outcome tested={tested} problem={problem} />
      <div className="flex flex-wrap items-center gap-2 border-t pt-4">
        <Button variant="primary" type="submit" busy={isSaving} disabled={tested.isTesting}>
          Add integration
        </Button>
        <Button onClick={tested.test} busy={tested.isTesting} disabled={isSaving}>
          <PlugZap aria-hidden /> Test connection
        </Button>
      </div>
    </form>
  );
}
