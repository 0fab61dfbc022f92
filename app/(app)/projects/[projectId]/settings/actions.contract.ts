import { z } from "zod";
import type { ActionContract } from "@/lib/contract";
import { ProjectRole } from "@/lib/db/generated/enums";
import { idSchema } from "@/lib/db/ids";
import { projectChanges } from "@/lib/projects/input";

const project = z.object({ projectId: idSchema });
const person = project.extend({ userId: idSchema });
const role = z.enum(ProjectRole);

export const contract = {
  edit: {
    access: "project.manage",
    summary: "Changes a project's name, description or default branch.",
    input: projectChanges.extend(project.shape),
    audit: "project.updated",
  },
  archive: {
    access: "project.manage",
    summary: "Puts a project away.",
    input: project,
    audit: "project.archived",
  },
  restore: {
    access: "project.manage",
    summary: "Takes a project out of the archive.",
    input: project,
    audit: "project.restored",
  },
  addMember: {
    access: "project.manage",
    summary: "Adds a member of the workspace to the project.",
    input: person.extend({ role }),
    audit: "project_member.added",
  },
  changeRole: {
    access: "project.manage",
    summary: "Gives a member of the project another role.",
    input: person.extend({ role }),
    audit: "project_member.role_changed",
  },
  removeMember: {
    access: "project.manage",
    summary: "Takes a person out of the project.",
    input: person,
    audit: "project_member.removed",
  },
} satisfies Record<string, ActionContract>;
