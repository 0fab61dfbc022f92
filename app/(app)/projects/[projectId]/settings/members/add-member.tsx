"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionForm } from "@/components/forms/action-form";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { ProjectRoleField } from "../../../project-role-field";
import { addMember } from "../actions";

type Props = { projectId: string; people: { id: string; name: string; email: string }[] };

export function AddMember({ projectId, people }: Props) {
  const router = useRouter();
  const [round, setRound] = useState(0);
  const done = () => {
    toast.success("Added to the project.");
    setRound(round + 1);
    router.refresh();
  };
  return (
    <ActionForm key={round} action={addMember} submit="Add to project" onDone={done} className="max-w-3xl">
      {(errors) => (
        <div className="grid gap-4 sm:grid-cols-2">
          <input type="hidden" name="projectId" value={projectId} />
          <Field label="Person" error={errors.userId}>
            <NativeSelect name="userId">
              {people.map(({ id, name, email }) => (
                <option key={id} value={id}>
                  {name} ({email})
                </option>
              ))}
            </NativeSelect>
          </Field>
          <ProjectRoleField name="role" label="Role" error={errors.role} />
        </div>
      )}
    </ActionForm>
  );
}
