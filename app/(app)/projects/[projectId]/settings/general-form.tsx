"use client";

import { useRouter } from "next/navigation";
import { ActionForm } from "@/components/forms/action-form";
import { toast } from "@/components/ui/toast";
import { ProjectFields } from "../../project-fields";
import { edit } from "./actions";

type Props = { projectId: string; values: { name: string; description: string; defaultBranch: string } };

export function GeneralForm({ projectId, values }: Props) {
  const router = useRouter();
  const done = () => {
    toast.success("The project is saved.");
    router.refresh();
  };
  return (
    <ActionForm action={edit} submit="Save" onDone={done} className="max-w-lg">
      {(errors) => (
        <>
          <input type="hidden" name="projectId" value={projectId} />
          <ProjectFields errors={errors} values={values} />
        </>
      )}
    </ActionForm>
  );
}
