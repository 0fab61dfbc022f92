import { z } from "zod";
import type { ActionContract } from "@/lib/contract";
import { idSchema } from "@/lib/db/ids";
import { assignInput, assignmentInput, projectInput } from "@/lib/integrations/inputs";

const project = z.object({ projectId: idSchema });
const one = project.extend({ assignmentId: idSchema });

export const contract = {
  assign: {
    access: "project.manage",
    summary: "Assigns an integration to the project.",
    input: project.extend(assignInput.shape),
    audit: "assignment.created",
  },
  update: {
    access: "project.manage",
    summary: "Changes labels, switches, or which one is primary.",
    input: one.extend(assignmentInput.shape),
    audit: "assignment.updated",
  },
  chooseProject: {
    access: "project.manage",
    summary: "Adds a repository or project of the tracker and makes it the default one.",
    input: one.extend({ chosen: projectInput }),
    audit: "assignment.project_chosen",
  },
  removeProject: {
    access: "project.manage",
    summary: "Takes a repository or project of the tracker away.",
    input: one.extend({ externalProjectId: idSchema }),
    audit: "assignment.project_removed",
  },
  remove: {
    access: "project.manage",
    summary: "Takes the integration from the project.",
    input: one.extend({ isConfirmed: z.boolean() }),
    audit: "assignment.deleted",
  },
} satisfies Record<string, ActionContract>;
