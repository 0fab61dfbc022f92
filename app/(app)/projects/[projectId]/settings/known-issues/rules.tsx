"use client";

import { Waypoints } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { PageHeader, Section } from "@/components/ui/page";
import { firstLine } from "@/lib/richtext/terminal";
import type { RuleView } from "@/lib/triage/rules/shapes";
import { RuleForm, type Written } from "./rule-form";
import { RuleRow } from "./rule-row";

type Props = { projectId: string; rules: RuleView[]; message: string | null };

/** The rules of a project, and the form for another one. */
export function Rules({ projectId, rules, message }: Props) {
  const [begun, setBegun] = useState<Written | null>(() => (message === null ? null : beginWith(message)));
  const opener = useRef<HTMLButtonElement>(null);
  const router = useRouter();
  const path = usePathname();
  const close = () => {
    setBegun(null);
    // Reloaded, the page would begin the same rule again.
    if (message !== null) router.replace(path, { scroll: false });
    requestAnimationFrame(() => opener.current?.focus());
  };
  const add = (
    <Button ref={opener} variant="primary" disabled={begun !== null} onClick={() => setBegun(beginWith(""))}>
      Add rule
    </Button>
  );
  const isEmpty = rules.length === 0 && begun === null;
  return (
    <>
      <PageHeader
        title="Known issues"
        description="A rule says which failures an issue explains: those whose message or stack holds a text, or matches a pattern. They are linked to the issue as soon as they are imported. It may also say how severe they are."
        actions={!isEmpty && add}
      />
      {begun && (
        <Section title="Add a rule">
          <RuleForm projectId={projectId} written={begun} onDone={close} />
        </Section>
      )}
      {isEmpty && (
        <Empty icon={Waypoints} title="No rules yet" action={add}>
          When the same failure keeps coming back and its issue is known, write a rule once and each new failure is
          linked by itself. Before you save it you see what it would have matched in the past.
        </Empty>
      )}
      {rules.length > 0 && (
        <Section title={rules.length === 1 ? "1 rule" : `${rules.length} rules`}>
          <ul className="border-t" aria-label="Rules">
            {rules.map((rule) => (
              <RuleRow key={rule.id} projectId={projectId} rule={rule} />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

const beginWith = (message: string): Written => {
  const line = firstLine(message);
  return {
    name: line.slice(0, 80),
    kind: "text",
    field: "both",
    pattern: line.slice(0, 1_000),
    severity: null,
    issue: null,
  };
};
