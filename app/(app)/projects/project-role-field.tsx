"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/input";
import type { ProjectRole } from "@/lib/db/generated/enums";
import { roleMeanings, roleNames } from "./role-names";

type Props = { name: string; label: string; error: string | undefined };

/** Chooses a role in a project, and says what it may do. */
export function ProjectRoleField({ name, label, error }: Props) {
  const [role, setRole] = useState<ProjectRole>("MEMBER");
  return (
    <Field label={label} hint={roleMeanings[role]} error={error}>
      <NativeSelect
        name={name}
        value={role}
        // The options are the roles.
        onChange={({ target }) => setRole(target.value as ProjectRole)}
      >
        {Object.entries(roleNames).map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </NativeSelect>
    </Field>
  );
}
