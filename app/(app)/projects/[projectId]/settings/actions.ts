"use server";

import type { z } from "zod";
import { requireMember } from "@/lib/auth/gates";
import { type Attempt, attempt } from "@/lib/boundary";
import { archiveProject, editProject } from "@/lib/projects/edit";
import { addProjectMember, changeProjectRole, removeProjectMember } from "@/lib/projects/members";
import { contract } from "./actions.contract";

type Input<K extends keyof typeof contract> = z.input<(typeof contract)[K]["input"]>;

const requireManager = (projectId: string) => requireMember(projectId, "project.manage");

export async function edit(_previous: Attempt<void> | null, form: FormData): Promise<Attempt<void>> {
  return attempt(contract.edit, Object.fromEntries(form), async ({ projectId, ...changes }) =>
    editProject(await requireManager(projectId), changes),
  );
}

export async function archive(input: Input<"archive">) {
  return attempt(contract.archive, input, async ({ projectId }) =>
    archiveProject(await requireManager(projectId), true),
  );
}

export async function restore(input: Input<"restore">) {
  return attempt(contract.restore, input, async ({ projectId }) =>
    archiveProject(await requireManager(projectId), false),
  );
}

export async function addMember(_previous: Attempt<void> | null, form: FormData): Promise<Attempt<void>> {
  return attempt(contract.addMember, Object.fromEntries(form), async ({ projectId, userId, role }) =>
    addProjectMember(await requireManager(projectId), userId, role),
  );
}

export async function changeRole(input: Input<"changeRole">) {
  return attempt(contract.changeRole, input, async ({ projectId, userId, role }) =>
    changeProjectRole(await requireManager(projectId), userId, role),
  );
}

export async function removeMember(input: Input<"removeMember">) {
  return attempt(contract.removeMember, input, async ({ projectId, userId }) =>
    removeProjectMember(await requireManager(projectId), userId),
  );
}
