import { Globe } from "lucide-react";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import type { TrackerForm } from "@/lib/issues/form/tracker-form";
import type { FormView } from "@/lib/issues/shapes";
import { OptionPicker } from "./fields/option-picker";

type Integration = FormView["integrations"][number];
type Props = {
  integrations: readonly Integration[];
  integration: Integration;
  onIntegration: (id: string) => void;
  /** The tracker's id of the repository. */
  value: string | null;
  onChange: (remoteId: string) => void;
  /** The types that there are; undefined while the tracker's form is on its way, null where it has none. */
  types?: TrackerForm["types"] | undefined;
  typeId?: string | null | undefined;
  onType?: (typeId: string) => void;
  typeError?: string | undefined;
};

// More are found by typing.
const mostInList = 12;

/** Where the issue goes, and as what. A public place is named as public before anything is sent there. */
export function TargetFields({ integrations, integration, onIntegration, value, onChange, ...type }: Props) {
  const { externalProjects, projectNoun, hasForm } = integration;
  const target = externalProjects.find(({ remoteId }) => remoteId === value) ?? externalProjects[0];
  const noun = projectNoun.charAt(0).toUpperCase() + projectNoun.slice(1);
  const showsType = type.onType !== undefined && hasForm && type.types !== null;
  return (
    <div className="flex flex-col gap-2">
      <div className="grid gap-2 sm:grid-flow-col sm:auto-cols-fr">
        <Field label="Tracker">
          <NativeSelect value={integration.id} onChange={(event) => onIntegration(event.target.value)}>
            {integrations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Field label={noun}>
          {externalProjects.length > mostInList ? (
            <OptionPicker
              label={noun}
              required
              source={{ options: externalProjects.map(optionOf) }}
              chosen={target ? [optionOf(target)] : []}
              onChange={([chosen]) => chosen && onChange(chosen.id)}
            />
          ) : (
            <NativeSelect value={target?.remoteId ?? ""} onChange={(event) => onChange(event.target.value)}>
              {externalProjects.map(({ remoteId, key, isPublic }) => (
                <option key={remoteId} value={remoteId}>
                  {isPublic ? `${key} (public)` : key}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        {showsType && <TypeField {...type} />}
      </div>
      {target?.isPublic && (
        <p className="flex items-center gap-1.5 text-flaky" role="status">
          <Globe className="size-3.5 shrink-0" aria-hidden />
          {target.key} is public: everybody on the internet can read this issue.
        </p>
      )}
    </div>
  );
}

function TypeField({ types, typeId, onType, typeError }: Pick<Props, "types" | "typeId" | "onType" | "typeError">) {
  if (!types)
    return (
      <div className="flex flex-col gap-1">
        <span className="font-medium text-ui">Type</span>
        <Skeleton className="h-8" />
      </div>
    );
  const chosen = types.find(({ id }) => id === typeId);
  return (
    <Field label="Type" error={typeError}>
      {types.length > mostInList ? (
        <OptionPicker
          label="Type"
          required
          source={{ options: types.map(({ id, name, description }) => ({ id, name, detail: description })) }}
          chosen={chosen ? [chosen] : []}
          onChange={([type]) => type && onType?.(type.id)}
        />
      ) : (
        <NativeSelect value={typeId ?? ""} onChange={(event) => onType?.(event.target.value)}>
          {types.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
      )}
    </Field>
  );
}

const optionOf = ({ remoteId, key, name, isPublic }: Integration["externalProjects"][number]) => ({
  id: remoteId,
  name: key,
  detail: [name === key ? "" : name, isPublic ? "public" : ""].filter(Boolean).join(" · ") || null,
});
