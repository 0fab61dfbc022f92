"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { boardPresets, newBoardFields } from "@/lib/integrations/board-presets";
import type { BoardFieldRole, BoardSettings, BoardSeverity, BoardState } from "@/lib/integrations/board-shape";
import type { BoardField, Choice } from "@/lib/trackers/tracker";
import { type Chosen, chosenOf, fillIn, settingsOf } from "./board-choices";

const severities: Readonly<Record<BoardSeverity, string>> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
  info: "Info",
};
const states: Readonly<Record<BoardState, string>> = {
  active: "Active",
  closed: "Closed",
  false_positive: "False positive",
  risk_accepted: "Risk accepted",
};

type Props = {
  board: BoardSettings;
  fields: readonly BoardField[];
  isBusy: boolean;
  awaited: BoardFieldRole | null;
  onMake: (field: BoardFieldRole) => void;
  onSave: (board: BoardSettings) => void;
};

/** Which of the board's fields says how urgent an issue is, which one where it stands, and in which of their words. */
export function BoardFields({ board, fields, isBusy, awaited, onMake, onSave }: Props) {
  const [priority, setPriority] = useState<Chosen>(() => chosenOf(board.priority));
  const [status, setStatus] = useState<Chosen>(() => chosenOf(board.status));
  const [presetId, setPresetId] = useState("");
  const preset = boardPresets.find(({ id }) => id === presetId);
  const lacking = preset
    ? [...fillIn(fields, "Priority", preset.priority).lacking, ...fillIn(fields, "Status", preset.status).lacking]
    : [];

  const take = (id: string) => {
    setPresetId(id);
    const taken = boardPresets.find((one) => one.id === id);
    if (!taken) return;
    setPriority(fillIn(fields, "Priority", taken.priority).chosen);
    setStatus(fillIn(fields, "Status", taken.status).chosen);
  };

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(settingsOf(board, fields, priority, status));
      }}
    >
      <Field label="Fill in from a preset">
        <NativeSelect value={presetId} disabled={isBusy} onChange={({ target }) => take(target.value)}>
          <option value="">None</option>
          {boardPresets.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </NativeSelect>
      </Field>
      {preset?.warning && <Notice tone="warning">{preset.warning}</Notice>}
      {lacking.length > 0 && (
        <Notice tone="warning" title="This preset does not fit the board">
          The board lacks {lacking.join(", ")}. What it lacks is left open below.
        </Notice>
      )}
      <Choices
        title="Priority"
        part="priority"
        hint="by severity"
        rows={severities}
        {...{ fields, isBusy, awaited, onMake }}
        stored={board.priority}
        chosen={priority}
        onChange={setPriority}
      />
      <Choices
        title="Status"
        part="status"
        hint="by state"
        rows={states}
        {...{ fields, isBusy, awaited, onMake }}
        stored={board.status}
        chosen={status}
        onChange={setStatus}
      />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={isBusy}>
          Save board
        </Button>
      </div>
    </form>
  );
}

type ChoicesProps = Pick<Props, "fields" | "isBusy" | "awaited" | "onMake"> & {
  title: string;
  part: BoardFieldRole;
  hint: string;
  rows: Readonly<Record<string, string>>;
  stored: { options: Readonly<Record<string, Choice | undefined>> } | null;
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
};

function Choices({ title, part, hint, rows, fields, isBusy, awaited, onMake, stored, chosen, onChange }: ChoicesProps) {
  const id = useId();
  const field = fields.find((one) => one.id === chosen.fieldId);
  const made = newBoardFields[part];
  const isMissing = !fields.some(({ name }) => name.toLowerCase() === made.name.toLowerCase());
  return (
    <fieldset className="flex flex-col gap-2 border-t pt-3">
      <legend className="sr-only">
        {title}, {hint}
      </legend>
      <div className="flex flex-wrap items-center gap-2">
        <label htmlFor={id} className="font-medium">
          {title} <span className="font-normal text-muted">{hint}, in the field</span>
        </label>
        <NativeSelect
          id={id}
          className="h-7 w-auto max-w-56"
          value={chosen.fieldId}
          disabled={isBusy}
          onChange={({ target }) => onChange({ fieldId: target.value, options: {} })}
        >
          <option value="">none</option>
          {fields.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </NativeSelect>
        {isMissing && (
          <Button size="sm" busy={awaited === part} disabled={isBusy} onClick={() => onMake(part)}>
            Create the field “{made.name}” with {made.options.join(", ")}
          </Button>
        )}
      </div>
      {field && (
        <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-2">
          {Object.entries(rows).map(([key, label]) => (
            <OptionRow
              key={key}
              label={label}
              field={field}
              value={chosen.options[key] ?? ""}
              gone={stored?.options[key]?.name}
              isBusy={isBusy}
              onChange={(option) => onChange({ ...chosen, options: { ...chosen.options, [key]: option } })}
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}

type RowProps = {
  label: string;
  field: BoardField;
  value: string;
  /** What it was called while it was there. */
  gone: string | undefined;
  isBusy: boolean;
  onChange: (id: string) => void;
};

function OptionRow({ label, field, value, gone, isBusy, onChange }: RowProps) {
  const id = useId();
  return (
    <span className="flex items-center gap-2">
      <label htmlFor={id} className="w-26 shrink-0 text-muted">
        {label}
      </label>
      <NativeSelect
        id={id}
        className="h-7"
        value={value}
        disabled={isBusy}
        onChange={({ target }) => onChange(target.value)}
      >
        <option value="">left as it is</option>
        {value !== "" && !field.options.some((option) => option.id === value) && (
          <option value={value}>{gone ?? "an option that is gone"} (gone)</option>
        )}
        {field.options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.name}
          </option>
        ))}
      </NativeSelect>
    </span>
  );
}
