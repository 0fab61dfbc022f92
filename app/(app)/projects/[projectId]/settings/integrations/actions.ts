"use server";

import type { z } from "zod";
import { requireMember } from "@/lib/auth/gates";
import { attempt } from "@/lib/boundary";
import { assignIntegration } from "@/lib/integrations/assign-integration";
import { chooseExternalProject, chooseOnlyProject, removeExternalProject } from "@/lib/integrations/external-projects";
import { unassign } from "@/lib/integrations/unassign";
import { updateAssignment } from "@/lib/integrations/update-assignment";
import { contract } from "./actions.contract";

type Input<K extends keyof typeof contract> = z.input<(typeof contract)[K]["input"]>;

export async function assign(input: Input<"assign">) {
  return attempt(contract.assign, input, async ({ projectId, integrationId }) => {
    const member = await requireMember(projectId, contract.assign.access);
    const assigned = await assignIntegration(member, integrationId);
    await chooseOnlyProject(member, assigned.id);
    return assigned;
  });
}

export async function update(input: Input<"update">) {
  return attempt(contract.update, input, async ({ projectId, assignmentId, ...changes }) => {
    const member = await requireMember(projectId, contract.update.access);
    return updateAssignment(member, assignmentId, changes);
  });
}

export async function chooseProject(input: Input<"chooseProject">) {
  return attempt(contract.chooseProject, input, async ({ projectId, assignmentId, chosen }) => {
    const member = await requireMember(projectId, contract.chooseProject.access);
    return chooseExternalProject(member, assignmentId, chosen);
  });
}

export async function removeProject(input: Input<"removeProject">) {
  return attempt(contract.removeProject, input, async ({ projectId, assignmentId, externalProjectId }) => {
    const member = await requireMember(projectId, contract.removeProject.access);
    return removeExternalProject(member, assignmentId, externalProjectId);
  });
}

export async function remove(input: Input<"remove">) {
  return attempt(contract.remove, input, async ({ projectId, assignmentId, isConfirmed }) => {
    const member = await requireMember(projectId, contract.remove.access);
    return unassign(member, assignmentId, { isConfirmed });
  });
}
