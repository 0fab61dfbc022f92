"use client";

import { cloneElement, type FormEvent, type ReactElement, useEffect, useId, useRef } from "react";
import LazyEditor from "@/components/editor/lazy-editor";
import { LabelsField } from "@/components/forms/labels-field";
import { Refusal } from "@/components/forms/refusal";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { Case } from "@/lib/results/case-shapes";
import { toText } from "@/lib/richtext/to-text";
import { type FieldName, type Fields, fieldNames } from "./case-fields";
import { type Conflict, useCaseEdit } from "./use-case-edit";

type Props = { projectId: string; initial: Case; people: string[]; onDone: () => void };

/** Everything that people write about a case, in one form. */
export default function CaseForm({ projectId, initial, people, onDone }: Props) {
  const { fields, conflict, problem, isBusy, isDirty, change, save, takeTheirs, cancel } = useCaseEdit({
    ...{ projectId, initial, onDone },
  });
  const listId = useId();
  const form = useRef<HTMLFormElement>(null);
  const news = useRef<HTMLDivElement>(null);
  const errors = problem?.fields ?? {};
  useEffect(() => {
    // It may have been sent by a key, from the other end of the form.
    if (conflict || problem) news.current?.scrollIntoView({ block: "nearest" });
  }, [conflict, problem]);
  useEffect(() => {
    if (problem?.fields) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [problem]);
  const send = () => void save();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <form ref={form} onSubmit={onSubmit} className="flex flex-col gap-4" aria-label="Test case">
      <Rich label="Steps" error={errors.steps}>
        <LazyEditor value={fields.steps} onChange={(steps) => change({ steps })} label="Steps" onSubmit={send} />
      </Rich>
      <Rich label="Expected result" error={errors.expected}>
        <LazyEditor
          value={fields.expected}
          onChange={(expected) => change({ expected })}
          label="Expected result"
          onSubmit={send}
        />
      </Rich>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Owner" error={errors.owner}>
          <Input
            value={fields.owner}
            onChange={({ target }) => change({ owner: target.value })}
            list={listId}
            maxLength={200}
            autoComplete="off"
          />
        </Field>
        <datalist id={listId}>
          {people.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <Field label="Component" error={errors.component}>
          <Input
            value={fields.component}
            onChange={({ target }) => change({ component: target.value })}
            maxLength={200}
            autoComplete="off"
          />
        </Field>
      </div>
      <Field
        label="Tags"
        hint="severity:high says how bad a failure is, as in a report."
        error={Object.entries(errors).find(([name]) => name.startsWith("tags"))?.[1]}
      >
        <TagsInput tags={fields.tags} onChange={(tags) => change({ tags })} />
      </Field>
      {/* Beside the button that was pressed: the beginning of the form is out of sight there. */}
      <div ref={news} className="flex flex-col gap-2 empty:hidden">
        {conflict && <ConflictNotice conflict={conflict} onTake={takeTheirs} />}
        {problem && <Refusal problem={problem} />}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" busy={isBusy}>
          {conflict && conflict.clashing.length > 0 ? "Save mine over theirs" : "Save test case"}
        </Button>
        {isDirty ? (
          <Confirm
            danger
            trigger={<Button disabled={isBusy}>Cancel</Button>}
            title="Throw away what you typed?"
            consequence="The test case stays as it was saved last."
            action="Throw away"
            dismiss="Go on editing"
            onConfirm={cancel}
          />
        ) : (
          <Button onClick={cancel}>Cancel</Button>
        )}
      </div>
    </form>
  );
}

type TagsProps = { tags: string[]; onChange: (tags: string[]) => void; id?: string };

const TagsInput = ({ tags, onChange, ...field }: TagsProps) => (
  <LabelsField labels={tags} onChange={onChange} placeholder="add a tag…" {...field} />
);

/** An editor names itself; what is wrong stands below it. */
const Rich = ({
  label,
  error,
  children,
}: {
  label: string;
  error?: string | undefined;
  children: ReactElement<{ describedBy?: string }>;
}) => {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <p className="font-medium" aria-hidden>
        {label}
      </p>
      {cloneElement(children, { ...(error && { describedBy: id }) })}
      {error && (
        <p id={id} role="alert" className="text-danger text-meta">
          {error}
        </p>
      )}
    </div>
  );
};

const listed = (names: readonly FieldName[]) =>
  new Intl.ListFormat("en").format(names.map((name) => fieldNames[name].toLowerCase()));

/** What somebody else has saved while this form was open. */
function ConflictNotice({ conflict, onTake }: { conflict: Conflict; onTake: (name: FieldName) => void }) {
  const { taken, clashing, theirs, at } = conflict;
  return (
    <Notice tone="warning" title="Somebody else has changed this test case while you were editing">
      <p>
        Nothing of yours is lost, and nothing is saved yet. Theirs was saved <Time at={at} />.
      </p>
      {taken.length > 0 && <p>Their {listed(taken)} stands in the form now.</p>}
      {clashing.length > 0 && (
        <>
          <p>You have both changed {listed(clashing)}; the form shows yours. Theirs:</p>
          <ul className="mt-2 flex flex-col gap-2">
            {clashing.map((name) => (
              <li key={name} className="flex flex-wrap items-start gap-2">
                <span className="font-medium text-fg">{fieldNames[name]}</span>
                <span className="max-h-40 min-w-0 flex-1 overflow-y-auto whitespace-pre-wrap break-words">
                  {inWords(theirs, name) || "nothing"}
                </span>
                <Button size="sm" onClick={() => onTake(name)}>
                  Take their {fieldNames[name].toLowerCase()}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {taken.length + clashing.length === 0 && <p>Save again to keep yours.</p>}
    </Notice>
  );
}

function inWords(fields: Fields, name: FieldName): string {
  if (name === "steps" || name === "expected") return toText(fields[name]).output;
  return name === "tags" ? fields.tags.join(", ") : fields[name];
}
