import type { ActionContract } from "@/lib/contract";
import { newProjectInput } from "@/lib/projects/input";

export const contract = {
  create: { access: "admin", summary: "Makes a project.", input: newProjectInput, audit: "project.created" },
} satisfies Record<string, ActionContract>;
