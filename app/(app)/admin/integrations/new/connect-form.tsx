"use client";

import { PlugZap } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { Problem } from "@/lib/boundary";
import type { ProviderForm } from "@/lib/integrations/provider-forms";
import { connect, testNew } from "../actions";
import { CredentialFields, type Values } from "../credential-fields";
import { ReportCard } from "../report-card";
import { useTest } from "../use-test";

type Id = Parameters<typeof connect>[0]["provider"];

/** Chooses the tracker, takes address and token, tests them, and saves. The token leaves this form only upwards. */
export function ConnectForm({ providers }: { providers: ProviderForm[] }) {
  const router = useRouter();
  const [provider, setProvider] = useState(providers[0]);
  const [values, setValues] = useState<Values>({ name: "", baseUrl: provider?.location.default ?? "", secret: "" });
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isSaving, setSaving] = useState(false);

  // The list comes from the registry, so its ids are provider ids.
  const site = () => ({ provider: provider?.id as Id, baseUrl: values.baseUrl, secret: values.secret });
  const tested = useTest(() => testNew(site()));
  const change = (changed: Partial<Values>) => {
    setValues((before) => ({ ...before, ...changed }));
    setProblem(null);
    tested.forget();
  };

  const choose = (next: ProviderForm) => {
    setProvider(next);
    change({ baseUrl: next.location.default });
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
  const general = problem ?? tested.problem;
  return (
    <form onSubmit={save} className="flex max-w-xl flex-col gap-5" noValidate>
      <ProviderCards providers={providers} chosen={provider} onChoose={choose} />
      <CredentialFields provider={provider} values={values} errors={errors} isStored={false} onChange={change} />
      <div aria-live="polite" className="empty:hidden">
        {tested.isTesting && <Skeleton className="h-40" />}
        {tested.report && <ReportCard report={tested.report} />}
        {general && Object.keys(errors).length === 0 && <ProblemNotice problem={general} />}
      </div>
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

type Cards = { providers: ProviderForm[]; chosen: ProviderForm; onChoose: (provider: ProviderForm) => void };

function ProviderCards({ providers, chosen, onChoose }: Cards) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Tracker</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {providers.map((provider) => (
          <label
            key={provider.id}
            className={cn(
              "flex cursor-pointer items-start gap-2.5 rounded-md border px-3 py-2.5 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent",
              provider.id === chosen.id ? "border-accent bg-selected" : "border-line-strong",
            )}
          >
            <input
              type="radio"
              name={name}
              checked={provider.id === chosen.id}
              onChange={() => onChoose(provider)}
              aria-labelledby={`${name}-${provider.id}`}
              aria-describedby={`${name}-${provider.id}-help`}
              className="mt-1 accent-(--accent)"
            />
            <span>
              <span id={`${name}-${provider.id}`} className="block font-medium">
                {provider.label}
              </span>
              <span id={`${name}-${provider.id}-help`} className="block text-meta text-muted">
                {provider.location.help}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
