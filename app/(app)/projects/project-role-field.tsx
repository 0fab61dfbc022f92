"use client";

import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/input";
import { roleMeanings, roleNames } from "./role-names";

type Props = { name: string; label: string; error: string | undefined };

/** Chooses a role in a project, and says what each may do. */
export const ProjectRoleField = ({ name, label, error }: Props) => (
  <Field label={label} error={error}>
    <NativeSelect name={name} defaultValue="MEMBER">
      {Object.entries(roleNames).map(([role, word]) => (
        <option key={role} value={role}>
          {word}: {roleMeanings[role as keyof typeof roleMeanings] /* entries() forgets the key type */}
        </option>
      ))}
    </NativeSelect>
  </Field>
);
