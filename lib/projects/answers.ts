import { z } from "zod";
import { ProjectRole } from "@/lib/db/generated/enums";

/** A project as the API tells it. */
export const projectAnswer = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  defaultBranch: z.string(),
  archivedAt: z.date().nullable(),
});

/** A person of a project as the API tells them. */
export const projectMemberAnswer = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ProjectRole),
});
