"use client";

import { PlugZap } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { Problem } from "@/lib/boundary";
import type { ProviderForm } from "@/lib/integrations/provider-forms";
import { edit, testStored } from "../../actions";
import { CredentialFields, type Values } from "../../credential-fields";
import { ReportCard } from "../../report-card";
import { useTest } from "../../use-test";

type Props = { provider: ProviderForm; integration: { id: string; name: string; baseUrl: string } };

/** The stored token never comes here: an empty field means that it stays as it is. */
export function EditForm({ provider, integration: { id: integrationId, ...stored } }: Props) {
  const router = useRouter();
  const [values, setValues] = useState<Values>({ ...stored, secret: "" });
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isSaving, setSaving] = useState(false);
  const { name, baseUrl, secret } = values;
  const tested = useTest(() => testStored({ integrationId, baseUrl, secret }));

  const change = (changed: Partial<Values>) => {
    setValues((before) => ({ ...before, ...changed }));
    setProblem(null);
    tested.forget();
  };

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setSaving(true);
    const answer = await edit({ integrationId, name, baseUrl, secret });
    setSaving(false);
    if (!answer.ok) return setProblem(answer.error);
    toast.success(secret ? "Saved, with the new token." : "Saved. The token is unchanged.");
    setValues((before) => ({ ...before, secret: "" }));
    router.refresh();
  };

  const errors = problem?.fields ?? tested.problem?.fields ?? {};
  const general = problem ?? tested.problem;
  const isMoved = baseUrl.trim() !== stored.baseUrl;
  return (
    <form onSubmit={save} className="flex max-w-xl flex-col gap-4" noValidate>
      <CredentialFields provider={provider} values={values} errors={errors} isStored={!isMoved} onChange={change} />
      {isMoved && !secret && (
        <Notice tone="warning" title="Enter the token again">
          The stored token was entered for {new URL(stored.baseUrl).host} and is never sent to another address.
        </Notice>
      )}
      <div aria-live="polite" className="empty:hidden">
        {tested.isTesting && <Skeleton className="h-40" />}
        {tested.report && <ReportCard report={tested.report} />}
        {general && Object.keys(errors).length === 0 && <ProblemNotice problem={general} />}
      </div>
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
