"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Input, NativeSelect, Textarea } from "@/components/ui/input";
import { readValue } from "@/lib/issues/form/read-value";
import type { Cascade, Choice, FieldOption } from "@/lib/trackers/shapes";
import type { FormField } from "./keys";
import { MomentInput } from "./moment-input";
import { OptionPicker } from "./option-picker";
import type { OptionSource } from "./use-options";

type Props = {
  /** Given by the Field around it. */
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  required?: boolean;
  field: FormField;
  value: unknown;
  onChange: (value: unknown) => void;
  source: OptionSource;
};

// So many choices are seen at a glance; more are found by typing.
const mostInList = 12;

/** The control for one field of a tracker, by its kind. */
export function FieldInput({ field, value, onChange, source, ...control }: Props) {
  const { kind, name } = field;
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  const write = ({ target }: { target: { value: string } }) => onChange(target.value);
  switch (kind) {
    case "text":
      return <Input {...control} value={text} onChange={write} />;
    case "url":
      return <Input {...control} inputMode="url" placeholder="https://…" value={text} onChange={write} />;
    case "number":
      // Not of the type "number": that swallows what is half typed.
      return <Input {...control} inputMode="decimal" className="tabular-nums" value={text} onChange={write} />;
    case "paragraph":
      return <Textarea {...control} rows={3} value={text} onChange={write} />;
    case "date":
      return <Input {...control} type="date" value={text} onChange={write} />;
    case "datetime":
      return <MomentInput {...control} value={text} onChange={onChange} />;
    case "checkbox":
      return (
        <Checkbox
          {...control}
          required={false}
          className="my-2"
          checked={value === true}
          onCheckedChange={(checked) => onChange(checked === true)}
        />
      );
    case "select":
      if (field.options && field.options.length <= mostInList)
        return <ListSelect {...control} field={field} options={field.options} value={value} onChange={onChange} />;
      return <One {...control} label={name} source={source} value={value} onChange={onChange} field={field} />;
    case "user":
    case "issue":
      return <One {...control} label={name} source={source} value={value} onChange={onChange} field={field} />;
    case "multi_select":
    case "users":
      return (
        <OptionPicker
          {...control}
          label={name}
          source={source}
          isMultiple
          chosen={asChoices(field, value)}
          onChange={onChange}
        />
      );
    case "cascade":
      return <CascadeInput {...control} field={field} value={value} onChange={onChange} />;
    case "unsupported":
      return <Input {...control} disabled value="" placeholder="Filled in at the tracker only" />;
  }
}

type Control = Omit<Props, "source">;

function One({ field, value, onChange, source, label, ...control }: Props & { label: string }) {
  const [chosen] = asChoices(field, value);
  return (
    <OptionPicker
      {...control}
      label={label}
      source={source}
      chosen={chosen ? [chosen] : []}
      onChange={([first]) => onChange(first ?? null)}
    />
  );
}

function ListSelect({ field, options, value, onChange, ...control }: Control & { options: readonly FieldOption[] }) {
  const [chosen] = asChoices(field, value);
  return (
    <ChoiceSelect
      {...control}
      isRequired={field.isRequired}
      options={options}
      chosen={chosen ?? null}
      onChange={onChange}
    />
  );
}

type SelectProps = Omit<Control, "field" | "value"> & {
  "aria-label"?: string;
  isRequired: boolean;
  options: readonly Choice[];
  chosen: Choice | null;
};

function ChoiceSelect({ options, chosen, isRequired, onChange, ...control }: SelectProps) {
  return (
    <NativeSelect
      {...control}
      value={chosen?.id ?? ""}
      onChange={({ target }) => {
        const option = options.find(({ id }) => id === target.value);
        onChange(option ? { id: option.id, name: option.name } : null);
      }}
    >
      {(!isRequired || !chosen) && <option value="">{isRequired ? "Choose…" : "—"}</option>}
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </NativeSelect>
  );
}

function CascadeInput({ field, value, onChange, ...control }: Control) {
  const options = field.options ?? [];
  const read = readValue(field, value);
  const chosen = "value" in read && isCascade(read.value) ? read.value : null;
  const children = options.find(({ id }) => id === chosen?.parent.id)?.children ?? [];
  return (
    <div className="grid gap-1.5 sm:grid-cols-2">
      <ChoiceSelect
        {...control}
        isRequired={field.isRequired}
        options={options}
        chosen={chosen?.parent ?? null}
        onChange={(parent) => onChange(parent ? { parent, child: null } : null)}
      />
      {chosen && children.length > 0 && (
        <ChoiceSelect
          aria-label={`${field.name}, in ${chosen.parent.name}`}
          isRequired={false}
          options={children}
          chosen={chosen.child}
          onChange={(child) => onChange({ parent: chosen.parent, child })}
        />
      )}
    </div>
  );
}

const isCascade = (value: unknown): value is Cascade =>
  typeof value === "object" && value !== null && "parent" in value;

/** What can be chosen still; a choice that is gone from the tracker is shown as what it is, empty. */
function asChoices(field: FormField, value: unknown): Choice[] {
  const read = readValue(field, value);
  if (!("value" in read) || read.value === null || typeof read.value !== "object") return [];
  if (Array.isArray(read.value)) return [...read.value];
  return "id" in read.value ? [read.value] : [];
}
