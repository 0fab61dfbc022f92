"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { call, problemOf } from "@/components/api";
import { EndButton } from "@/components/forms/end-button";
import { IssueChip } from "@/components/issues/issue-chip";
import { SeverityMark } from "@/components/triage/severity-mark";
import { severityWords } from "@/components/triage/words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Switch } from "@/components/ui/switch";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import type { RuleView } from "@/lib/triage/rules/shapes";
import { RuleForm } from "./rule-form";

type Props = { projectId: string; rule: RuleView };

const where = { message: "in the message", stack: "in the stack", both: "in message or stack" };
const problems = {
  issue_gone: ["Its issue is gone", "Nothing is linked until you name another one."],
  pattern_invalid: ["Its pattern cannot be used", "Nothing is linked until you mend it."],
  too_slow: ["It was stopped", "Its searches took longer than a minute in one run. Make the pattern simpler."],
} as const;

/** One rule: what it finds, what it has linked, on or off; its form in its place while it is changed. */
export function RuleRow({ projectId, rule }: Props) {
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { id, name, kind, field, pattern, severity, issue, problem } = rule;
  const address = `/api/projects/${projectId}/known-issues/${id}`;
  if (isOpen)
    return (
      <li className="border-b py-4">
        <RuleForm
          projectId={projectId}
          rule={rule}
          written={{ name, kind, field, pattern, severity, issue: issue && { ...issue, named: { issueId: issue.id } } }}
          onDone={() => {
            setOpen(false);
            requestAnimationFrame(() => opener.current?.focus());
          }}
        />
      </li>
    );
  return (
    <li className="flex flex-col gap-2 border-b py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <OnOff rule={rule} address={address} />
        <p className="min-w-0 flex-1 basis-48 break-words font-medium">{name}</p>
        <div className="flex items-center gap-2">
          <Button ref={opener} size="sm" aria-label={`Edit ${name}`} onClick={() => setOpen(true)}>
            Edit
          </Button>
          <EndButton
            verb="Delete"
            name={name}
            title={`Delete rule “${name}”?`}
            consequence={consequenceOf(rule)}
            action="Delete rule"
            work={() => attemptOf(call(address, { method: "DELETE" }))}
            done={`${name} is deleted.`}
          />
        </div>
      </div>
      <p className="flex min-w-0 flex-wrap items-baseline gap-x-2 gap-y-1">
        <Badge>{kind}</Badge>
        <code className="line-clamp-3 min-w-0 break-all rounded bg-hover px-1 font-mono text-code">{pattern}</code>
        <span className="text-meta text-muted">{where[field]}</span>
      </p>
      {(issue || severity) && (
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          {issue && <IssueChip issue={issue} />}
          {severity && (
            <span className="inline-flex items-center gap-1.5">
              <SeverityMark severity={severity} isNamed /> {severityWords[severity]} severity
            </span>
          )}
        </div>
      )}
      <Matches rule={rule} />
      {problem && (
        <Notice tone="warning" title={problems[problem][0]}>
          {problems[problem][1]}
        </Notice>
      )}
    </li>
  );
}

function OnOff({ rule: { name, enabled }, address }: { rule: RuleView; address: string }) {
  const router = useRouter();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const turn = async (isOn: boolean) => {
    setWanted(isOn);
    try {
      await call(address, { method: "PATCH", body: { enabled: isOn } });
      toast.success(isOn ? `${name} is on.` : `${name} is off. What it has linked stays linked.`);
      router.refresh();
    } catch (error) {
      setWanted(null);
      toast.error(problemOf(error).detail);
    }
  };
  return <Switch checked={wanted ?? enabled} onCheckedChange={turn} aria-label={`${name} is on`} />;
}

function Matches({ rule: { matched, matchedAt, createdBy, createdAt } }: { rule: RuleView }) {
  return (
    <p className="text-meta text-muted tabular-nums">
      {matched === 0 ? "Nothing linked so far" : `${failures(matched)} linked`}
      {matchedAt && (
        <>
          , last <Time at={matchedAt} />
        </>
      )}
      {` · by ${createdBy} `}
      <Time at={createdAt} />
    </p>
  );
}

const failures = (count: number) => (count === 1 ? "1 failure" : `${count.toLocaleString("en")} failures`);

const consequenceOf = ({ matched, issue }: RuleView) =>
  matched > 0 && issue
    ? `No more failures are linked to ${issue.key} by it. The ${failures(matched)} that it has linked stay linked.`
    : "No more failures are linked by it.";

/** A call of our API as buttons of this product take it. */
const attemptOf = (work: Promise<unknown>) =>
  work.then(
    (value) => ({ ok: true as const, value }),
    (error) => ({ ok: false as const, error: problemOf(error) }),
  );
