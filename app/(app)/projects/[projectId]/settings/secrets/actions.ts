"use server";

import type { z } from "zod";
import { requireMember } from "@/lib/auth/gates";
import { type Attempt, attempt } from "@/lib/boundary";
import { deleteSecretPattern, saveSecretPattern } from "@/lib/projects/secret-patterns";
import { type Tried, tryPattern } from "@/lib/projects/try-pattern";
import { contract } from "./actions.contract";

type Input<K extends keyof typeof contract> = z.input<(typeof contract)[K]["input"]>;

export async function save(_previous: Attempt<void> | null, form: FormData): Promise<Attempt<void>> {
  return attempt(contract.save, Object.fromEntries(form), async ({ projectId, ...pattern }) =>
    saveSecretPattern(await requireMember(projectId, contract.save.access), pattern),
  );
}

export async function remove(input: Input<"remove">): Promise<Attempt<void>> {
  return attempt(contract.remove, input, async ({ projectId, patternId }) =>
    deleteSecretPattern(await requireMember(projectId, contract.remove.access), patternId),
  );
}

export async function tryOut(input: Input<"tryOut">): Promise<Attempt<Tried>> {
  return attempt(contract.tryOut, input, async ({ projectId, ...pattern }) =>
    tryPattern(await requireMember(projectId, contract.tryOut.access), pattern),
  );
}
