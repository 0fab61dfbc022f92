"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { memo, useMemo, useRef, useState } from "react";
import { call } from "@/components/api";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { TrackerForm } from "@/lib/issues/form/tracker-form";
import type { FieldOption, FieldRole, Page } from "@/lib/trackers/shapes";
import { FieldInput } from "./field-input";
import { type FormField, keyOf, shownIn, type Typed } from "./keys";
import type { OptionSource } from "./use-options";
import { type FormAt, searchPath } from "./use-tracker-form";

type Props = {
  at: FormAt;
  form: TrackerForm;
  typed: Typed;
  onEdit: (key: string, value: unknown) => void;
  /** What is wrong, by the field's id. */
  errors: Readonly<Record<string, string>>;
  /** The tracker's own form, for what can be filled in there only. */
  onFileThere?: (() => void) | undefined;
};

// So many that nobody has to fill in are shown without being asked for.
const fewOptional = 4;
const manyFolded = 20;
// What most people fill in although nobody makes them.
const common: readonly (FieldRole | null)[] = ["assignee", "priority", "severity", "components"];

/** The tracker's fields, in its order: first those that matter, the others behind a line that opens them. */
export function TrackerFields({ at, form, typed, onEdit, errors, onFileThere }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [sought, setSought] = useState("");
  // What has been shown stays, also when it is emptied: nothing goes from under the cursor.
  const seen = useRef(new Set<string>());
  const sources = useMemo(() => new Map(form.fields.map((field) => [field.id, sourceOf(field, form, at)])), [form, at]);

  const optional = form.fields.filter(({ isRequired }) => !isRequired);
  const isFew = optional.length <= fewOptional;
  for (const field of form.fields) if (isFirst(field, form, typed, errors) || isFew) seen.current.add(field.id);
  const first = form.fields.filter(({ id }) => seen.current.has(id));
  const others = form.fields.filter(({ id }) => !seen.current.has(id));
  const found = others.filter(({ name }) => name.toLowerCase().includes(sought.trim().toLowerCase()));
  const draw = (field: FormField) => (
    <TrackerField
      key={field.id}
      field={field}
      fieldKey={keyOf(field, form)}
      value={shownIn(field, form, typed)}
      error={errors[field.id]}
      source={sources.get(field.id) ?? { options: [] }}
      onEdit={onEdit}
      onFileThere={onFileThere}
    />
  );
  return (
    <div className="flex flex-col gap-3">
      {first.length > 0 && <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">{first.map(draw)}</div>}
      {others.length > 0 && (
        <Button
          variant="ghost"
          size="sm"
          className="self-start"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
          {others.length.toLocaleString("en")} more {others.length === 1 ? "field" : "fields"}
        </Button>
      )}
      {isOpen && others.length > manyFolded && (
        <Input
          value={sought}
          aria-label="Find a field"
          placeholder="Find a field"
          className="sm:max-w-64"
          onChange={({ target }) => setSought(target.value)}
        />
      )}
      {isOpen && others.length > 0 && (
        <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
          {found.map(draw)}
          {found.length === 0 && <p className="text-muted">No field has this in its name.</p>}
        </div>
      )}
    </div>
  );
}

const isFirst = (field: FormField, form: TrackerForm, typed: Typed, errors: Props["errors"]) =>
  field.isRequired ||
  common.includes(field.role) ||
  errors[field.id] !== undefined ||
  Object.hasOwn(form.values, field.id) ||
  Object.hasOwn(typed, keyOf(field, form));

function sourceOf(field: FormField, form: TrackerForm, at: FormAt): OptionSource {
  if (!field.isSearched) return { options: field.options ?? [] };
  const here = { ...at, typeId: form.typeId };
  return {
    key: ["field-options", here, field.id],
    search: (q, cursor, signal) =>
      call<Page<FieldOption>>(searchPath(here, "/options", { field: field.id, q, ...(cursor && { cursor }) }), {
        signal,
      }),
  };
}

type FieldProps = {
  field: FormField;
  fieldKey: string;
  value: unknown;
  error: string | undefined;
  source: OptionSource;
  onEdit: Props["onEdit"];
  onFileThere: Props["onFileThere"];
};

/** Of three hundred only the one that is typed into is drawn anew. */
const TrackerField = memo(({ field, fieldKey, value, error, source, onEdit, onFileThere }: FieldProps) => {
  const { kind, name, help, isRequired } = field;
  const isWide = kind === "paragraph" || kind === "cascade";
  const isBlocked = kind === "unsupported" && isRequired;
  return (
    <div className={cn("min-w-0 break-words", isWide && "sm:col-span-2")} data-field={field.id}>
      <Field
        label={name}
        required={isRequired}
        error={error}
        hint={
          isBlocked ? (
            <>
              It can be filled in at the tracker only.{" "}
              {onFileThere && (
                <button type="button" className="text-link underline-offset-2 hover:underline" onClick={onFileThere}>
                  File it there yourself
                </button>
              )}
            </>
          ) : (
            help
          )
        }
      >
        <FieldInput field={field} value={value} source={source} onChange={(next) => onEdit(fieldKey, next)} />
      </Field>
    </div>
  );
});
TrackerField.displayName = "TrackerField";
