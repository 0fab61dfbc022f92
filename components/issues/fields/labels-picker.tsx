"use client";

import { call } from "@/components/api";
import { LabelsField } from "@/components/forms/labels-field";
import type { TrackerForm } from "@/lib/issues/form/tracker-form";
import type { Page } from "@/lib/trackers/shapes";
import { OptionPicker } from "./option-picker";
import { type FormAt, searchPath } from "./use-tracker-form";

type Props = {
  /** Given by the Field around it. */
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  at: FormAt;
  /** Undefined: this tracker says nothing of its labels, or has not yet. */
  form: TrackerForm | undefined;
  fixed: readonly string[];
  labels: readonly string[];
  onChange: (labels: string[]) => void;
};

/** Labels, looked for at the tracker where it can be asked; new ones where it takes them. */
export function LabelsPicker({ at, form, fixed, labels, onChange, ...control }: Props) {
  if (!form?.searchesLabels) return <LabelsField {...control} fixed={fixed} labels={labels} onChange={onChange} />;
  return (
    <OptionPicker
      {...control}
      label="Labels"
      isMultiple
      takesNew={form.labels === "free"}
      fixed={fixed}
      placeholder="add…"
      chosen={labels.map((name) => ({ id: name, name }))}
      onChange={(chosen) => onChange(chosen.map(({ name }) => name))}
      source={{
        key: ["field-options", at, "labels"],
        search: async (q, cursor, signal) => {
          const path = searchPath(at, "/labels", { q, ...(cursor && { cursor }) });
          const { items, next } = await call<Page<string>>(path, { signal });
          const fresh = items.filter((name) => !fixed.includes(name));
          return { items: fresh.map((name) => ({ id: name, name })), next };
        },
      }}
    />
  );
}
