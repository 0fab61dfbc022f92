"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { toast } from "sonner";
import { call, problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input, NativeSelect, Textarea } from "@/components/ui/input";
import { ProblemNotice } from "@/components/ui/problem-notice";
import type { Problem } from "@/lib/boundary";
import type { RuleView } from "@/lib/triage/rules/shapes";
import { type Choice, IssuePicker } from "./issue-picker";
import { PastMatches } from "./past-matches";
import { useRulePreview } from "./use-rule-preview";

/** What stands in the form. */
export type Written = Pick<RuleView, "name" | "kind" | "field" | "pattern"> & { issue: Choice | null };

type Props = { projectId: string; rule?: RuleView; written: Written; onDone: () => void };

const hints = {
  text: "A part of what the failures say, whatever the case of its letters.",
  pattern: "An expression of RE2: gateway \\d+ ms. (?i) makes case not matter; ^ and $ are those of a line.",
};

/** A rule to add or to change, with what it would have matched in the past. */
export function RuleForm({ projectId, rule, written, onDone }: Props) {
  const router = useRouter();
  const [now, setNow] = useState(written);
  const [linkPast, setLinkPast] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Problem | null>(null);
  const pastId = useId();
  const { name, kind, field, pattern, issue } = now;
  const issueId = issue && "issueId" in issue.named ? issue.named.issueId : null;
  const tried = useRulePreview(projectId, { kind, field, pattern, issueId });
  const errors = { ...tried.problem?.fields, ...refused?.fields };
  const set = (change: Partial<Written>) => {
    setRefused(null);
    setNow((before) => ({ ...before, ...change }));
  };

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!issue) return setRefused(noIssue);
    setBusy(true);
    try {
      const address = `/api/projects/${projectId}/known-issues`;
      const body = { name, kind, field, pattern, issue: issue.named, linkPast };
      if (rule) await call(`${address}/${rule.id}`, { method: "PATCH", body });
      else await call(address, { method: "POST", body });
      toast.success(linkPast ? "The rule is saved. What matched in the past is being linked." : "The rule is saved.");
      router.refresh();
      onDone();
    } catch (error) {
      setRefused(problemOf(error));
    } finally {
      setBusy(false);
    }
  };

  const matched = tried.preview?.matched ?? 0;
  const isToldOnField = refused?.fields && Object.keys(refused.fields).some((key) => key in fieldNames);
  return (
    <form onSubmit={save} className="flex flex-col gap-4" aria-label={rule ? `Change ${rule.name}` : "Add a rule"}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="How" hint={hints[kind]}>
          <NativeSelect
            value={kind}
            onChange={({ target }) => set({ kind: target.value === "text" ? "text" : "pattern" })}
          >
            <option value="text">Contains this text</option>
            <option value="pattern">Matches this pattern</option>
          </NativeSelect>
        </Field>
        <Field label="Where">
          <NativeSelect value={field} onChange={({ target }) => set({ field: fieldOf(target.value) })}>
            <option value="both">In the message or the stack</option>
            <option value="message">In the message</option>
            <option value="stack">In the stack</option>
          </NativeSelect>
        </Field>
      </div>
      <Field label={kind === "text" ? "Text" : "Pattern"} error={errors.pattern} required>
        <Textarea
          value={pattern}
          onChange={({ target }) => set({ pattern: target.value })}
          className="min-h-16 font-mono text-code"
          maxLength={1_000}
          rows={2}
          spellCheck={false}
          autoCapitalize="off"
          autoFocus
          dir="auto"
        />
      </Field>
      <PastMatches projectId={projectId} tried={tried} isNamed={issue !== null} />
      <IssuePicker
        projectId={projectId}
        chosen={issue}
        error={errors.issue}
        onChoose={(choice) => set({ issue: choice })}
      />
      <Field label="Name" error={errors.name} required>
        <Input value={name} onChange={({ target }) => set({ name: target.value })} maxLength={120} dir="auto" />
      </Field>
      <div className="flex items-start gap-2">
        <Checkbox
          id={pastId}
          className="mt-0.5"
          checked={linkPast}
          onCheckedChange={(is) => setLinkPast(is === true)}
        />
        <label htmlFor={pastId}>
          Also link what matched in the past
          <span className="block text-meta text-muted">
            {matched > 0 ? `${matched.toLocaleString("en")} failures as of now, ` : ""}
            no further back than is looked above. What an earlier form of the rule linked stays linked.
          </span>
        </label>
      </div>
      {refused && !isToldOnField && <ProblemNotice problem={refused} />}
      <div className="flex gap-2">
        <Button variant="primary" type="submit" busy={isBusy}>
          Save rule
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}

const fieldNames = { pattern: true, issue: true, name: true };
const fieldOf = (value: string) => (value === "message" || value === "stack" ? value : "both");

const noIssue: Problem = {
  ...{ type: "urn:faultline:problem:invalid_input", kind: "invalid_input", title: "No issue", status: 422 },
  ...{ detail: "Choose the issue that explains these failures.", requestId: "" },
  fields: { issue: "Choose the issue that explains these failures." },
};
