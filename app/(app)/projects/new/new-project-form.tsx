"use client";

import { ActionForm } from "@/components/forms/action-form";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { ProjectFields } from "../project-fields";
import { create } from "./actions";

export const NewProjectForm = () => (
  <ActionForm
    action={create}
    submit="Create project"
    className="max-w-lg"
    cancel={
      <Button variant="ghost" asChild>
        <Link href="/projects">Cancel</Link>
      </Button>
    }
  >
    {(errors) => <ProjectFields errors={errors} />}
  </ActionForm>
);
