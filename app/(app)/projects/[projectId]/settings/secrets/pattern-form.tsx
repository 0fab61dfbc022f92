"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { ActionForm } from "@/components/forms/action-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { SecretPattern } from "@/lib/projects/secret-patterns";
import { save } from "./actions";
import { TryPattern } from "./try-pattern";

type Props = { projectId: string; pattern?: SecretPattern; onDone: () => void; cancel?: ReactNode };

/** A pattern's name and expression, which can be tried before it is saved. */
export function PatternForm({ projectId, pattern, onDone, cancel }: Props) {
  const router = useRouter();
  const [expression, setExpression] = useState(pattern?.pattern ?? "");
  const done = () => {
    toast.success(pattern ? "The pattern is saved." : "The pattern is added.");
    router.refresh();
    onDone();
  };
  return (
    <div className="flex max-w-2xl flex-col gap-5">
      <ActionForm action={save} submit={pattern ? "Save" : "Add pattern"} cancel={cancel} onDone={done}>
        {(errors) => (
          <>
            <input type="hidden" name="projectId" value={projectId} />
            {pattern && <input type="hidden" name="patternId" value={pattern.id} />}
            <Field label="What it finds" error={errors.name} required>
              <Input name="name" defaultValue={pattern?.name} placeholder="Key of the billing service" maxLength={80} />
            </Field>
            <Field
              label="Pattern"
              error={errors.pattern}
              hint="A text as it stands, or an expression between slashes: /bill_[0-9a-f]{24}/, with i behind it when case does not matter."
              required
            >
              <Input
                name="pattern"
                value={expression}
                onChange={(event) => setExpression(event.target.value)}
                placeholder="/bill_[0-9a-f]{24}/"
                className="font-mono"
                maxLength={500}
                spellCheck={false}
                autoCapitalize="off"
              />
            </Field>
          </>
        )}
      </ActionForm>
      <TryPattern projectId={projectId} pattern={expression} />
    </div>
  );
}
