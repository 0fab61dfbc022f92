"use client";

import { Pencil } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { EditorSkeleton } from "@/components/editor/skeleton";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Section } from "@/components/ui/page";
import type { Case } from "@/lib/results/case-shapes";
import { CaseText } from "./case-text";
import { typed } from "./typed";

// With the editor it is larger than the rest of the page.
const CaseForm = dynamic(() => import("./case-form"), { ssr: false, loading: () => <EditorSkeleton /> });

type Text = { html: string; text: string } | null;
type Props = {
  projectId: string;
  found: Case;
  steps: Text;
  expected: Text;
  /** Names to choose an owner from. */
  people: string[];
  canEdit: boolean;
};

/** What people have written about a case, to read and to edit. */
export function CaseAbout({ projectId, found, steps, expected, people, canEdit }: Props) {
  const router = useRouter();
  const [isEditing, setEditing] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);

  useEffect(() => {
    // Typed before a reload: the form comes back with it.
    if (canEdit && typed.find(found.id)) setEditing(true);
  }, [canEdit, found.id]);

  useEffect(() => {
    if (wasEditing.current && !isEditing) edit.current?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);

  const onDone = useCallback(() => {
    setEditing(false);
    router.refresh();
  }, [router]);

  return (
    <Section
      title="Test case"
      actions={
        canEdit &&
        !isEditing && (
          <Button ref={edit} size="sm" onClick={() => setEditing(true)}>
            <Pencil aria-hidden /> Edit
          </Button>
        )
      }
    >
      {isEditing ? (
        <CaseForm projectId={projectId} initial={found} people={people} onDone={onDone} />
      ) : (
        <Facts found={found} steps={steps} expected={expected} />
      )}
    </Section>
  );
}

const Facts = ({ found, steps, expected }: Pick<Props, "found" | "steps" | "expected">) => (
  <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[9rem_minmax(0,1fr)]">
    <Fact name="Steps">{steps && <CaseText {...steps} />}</Fact>
    <Fact name="Expected result">{expected && <CaseText {...expected} />}</Fact>
    <Fact name="Owner">{found.owner}</Fact>
    <Fact name="Component">{found.component}</Fact>
    <Fact name="Tags">
      {found.tags.length > 0 && (
        <span className="flex flex-wrap gap-1">
          {found.tags.map((tag) => (
            <Badge key={tag} className="max-w-full" title={tag}>
              <span className="truncate">{tag}</span>
            </Badge>
          ))}
        </span>
      )}
    </Fact>
    <Fact name="Suite">{found.suite}</Fact>
    <Fact name="Class">{found.className}</Fact>
    <Fact name="Identity">
      <span className="flex min-w-0 items-center gap-1">
        <code className="min-w-0 truncate font-mono text-code" title={found.identity}>
          {found.identity}
        </code>
        <CopyButton text={found.identity} label="Copy the identity" />
      </span>
    </Fact>
  </dl>
);

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="contents">
    <dt className="text-muted max-sm:-mb-2">{name}</dt>
    <dd className="min-w-0 break-words">{children || <span className="text-muted">—</span>}</dd>
  </div>
);
