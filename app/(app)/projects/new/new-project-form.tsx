"use client";

import Link from "next/link";
import { ActionForm } from "@/components/forms/action-form";
import { Button } from "@/components/ui/button";
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
