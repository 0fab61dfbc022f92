import { Globe } from "lucide-react";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/input";
import type { FormView } from "@/lib/issues/shapes";

type Integration = FormView["integrations"][number];
type Props = {
  integrations: readonly Integration[];
  integration: Integration;
  onIntegration: (id: string) => void;
  /** The tracker's id of the repository. */
  value: string | null;
  onChange: (remoteId: string) => void;
};

/** Where the issue goes. A public place is named as public before anything is sent there. */
export function TargetFields({ integrations, integration, onIntegration, value, onChange }: Props) {
  const { externalProjects, projectNoun } = integration;
  const target = externalProjects.find(({ remoteId }) => remoteId === value) ?? externalProjects[0];
  const noun = projectNoun.charAt(0).toUpperCase() + projectNoun.slice(1);
  return (
    <div className="flex flex-col gap-2">
      <div className="grid gap-2 sm:grid-cols-2">
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
          <NativeSelect value={target?.remoteId ?? ""} onChange={(event) => onChange(event.target.value)}>
            {externalProjects.map(({ remoteId, key, isPublic }) => (
              <option key={remoteId} value={remoteId}>
                {isPublic ? `${key} (public)` : key}
              </option>
            ))}
          </NativeSelect>
        </Field>
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
