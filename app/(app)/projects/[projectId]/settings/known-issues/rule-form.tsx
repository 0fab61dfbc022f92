"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { call, problemOf } from "@/components/api";
import { severities, severityWords } from "@/components/triage/words";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input, NativeSelect, Textarea } from "@/components/ui/input";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { toast } from "@/components/ui/toast";
import type { Problem } from "@/lib/boundary";
import type { RuleView } from "@/lib/triage/rules/shapes";
import { type Choice, IssuePicker } from "./issue-picker";
import { PastMatches } from "./past-matches";
import { useRulePreview } from "./use-rule-preview";

/** What stands in the form. */
export type Written = Pick<RuleView, "name" | "kind" | "field" | "pattern" | "severity"> & { issue: Choice | null };

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
  const { name, kind, field, pattern, severity, issue } = now;
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
      const body = { name, kind, field, pattern, severity, issue: issue.named, linkPast };
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

  const isToldOnField = refused?.fields && Object.keys(refused.fields).some((key) => key in fieldNames);
  return (
    <form
      onSubmit={save}
      className="grid gap-x-6 gap-y-4 lg:grid-cols-2"
      aria-label={rule ? `Change ${rule.name}` : "Add a rule"}
    >
      <div className="flex min-w-0 flex-col gap-4">
        <WhatFields now={now} error={errors.pattern} onChange={set} />
        <IssuePicker
          projectId={projectId}
          chosen={issue}
          error={errors.issue}
          onChoose={(choice) => set({ issue: choice })}
        />
        <SeverityField value={severity} isChange={Boolean(rule)} onChange={(next) => set({ severity: next })} />
        <Field label="Name" error={errors.name} required>
          <Input value={name} onChange={({ target }) => set({ name: target.value })} maxLength={120} dir="auto" />
        </Field>
        <LinkPast
          isOn={linkPast}
          onChange={setLinkPast}
          matched={tried.preview?.matched ?? 0}
          isRating={severity !== null}
          isChange={Boolean(rule)}
        />
        {refused && !isToldOnField && <ProblemNotice problem={refused} />}
        <div className="flex gap-2">
          <Button variant="primary" type="submit" busy={isBusy}>
            Save rule
          </Button>
          <Button onClick={onDone}>Cancel</Button>
        </div>
      </div>
      {/* Beside the fields, so that nothing moves under the hand while it fills; on a phone below them. */}
      <PastMatches projectId={projectId} tried={tried} isNamed={issue !== null} severity={severity} />
    </form>
  );
}

type WhatProps = { now: Written; error: string | undefined; onChange: (change: Partial<Written>) => void };

const WhatFields = ({ now: { kind, field, pattern }, error, onChange }: WhatProps) => (
  <>
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="How">
        <NativeSelect
          value={kind}
          onChange={({ target }) => onChange({ kind: target.value === "text" ? "text" : "pattern" })}
        >
          <option value="text">Contains a text</option>
          <option value="pattern">Matches a pattern</option>
        </NativeSelect>
      </Field>
      <Field label="Where">
        <NativeSelect value={field} onChange={({ target }) => onChange({ field: fieldOf(target.value) })}>
          <option value="both">Message or stack</option>
          <option value="message">Message</option>
          <option value="stack">Stack</option>
        </NativeSelect>
      </Field>
    </div>
    <Field label={kind === "text" ? "Text" : "Pattern"} error={error} hint={hints[kind]} required>
      <Textarea
        value={pattern}
        onChange={({ target }) => onChange({ pattern: target.value })}
        className="min-h-16 font-mono text-code"
        maxLength={1_000}
        rows={2}
        spellCheck={false}
        autoCapitalize="off"
        autoFocus
        dir="auto"
      />
    </Field>
  </>
);

type SeverityProps = {
  value: Written["severity"];
  isChange: boolean;
  onChange: (severity: Written["severity"]) => void;
};

const SeverityField = ({ value, isChange, onChange }: SeverityProps) => (
  <Field
    label="Severity"
    hint={`Of the problems that match from now on, whatever their tests say; one that a person has set stays.${
      isChange ? " A change counts from the next match on; what the rule has rated stays." : ""
    }`}
  >
    <NativeSelect
      value={value ?? ""}
      onChange={({ target }) => onChange(severities.find((severity) => severity === target.value) ?? null)}
    >
      <option value="">—</option>
      {severities.map((severity) => (
        <option key={severity} value={severity}>
          {severityWords[severity]}
        </option>
      ))}
    </NativeSelect>
  </Field>
);

type PastProps = {
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  matched: number;
  isRating: boolean;
  isChange: boolean;
};

function LinkPast({ isOn, onChange, matched, isRating, isChange }: PastProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <Checkbox id={id} className="mt-0.5" checked={isOn} onCheckedChange={(is) => onChange(is === true)} />
      <label htmlFor={id}>
        Also link {isRating && "and rate "}what matched in the past
        <span className="block text-meta text-muted tabular-nums">
          {matched === 0 ? "Nothing as of now." : `${matched.toLocaleString("en")} failures as of now.`}
          {isChange && " What the rule has linked stays linked, also to another issue."}
        </span>
      </label>
    </div>
  );
}

const fieldNames = { pattern: true, issue: true, name: true };
const fieldOf = (value: string) => (value === "message" || value === "stack" ? value : "both");

const noIssue: Problem = {
  ...{ type: "urn:faultline:problem:invalid_input", kind: "invalid_input", title: "No issue", status: 422 },
  ...{ detail: "Choose the issue that explains these failures.", requestId: "" },
  fields: { issue: "Choose the issue that explains these failures." },
};
