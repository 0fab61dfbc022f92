"use server";

import { redirect } from "next/navigation";
import { requireAdmin } from "@/lib/auth/gates";
import { type Attempt, attempt } from "@/lib/boundary";
import { createProject } from "@/lib/projects/create";
import { contract } from "./actions.contract";

export async function create(_previous: Attempt<string> | null, form: FormData): Promise<Attempt<string>> {
  const result = await attempt(contract.create, Object.fromEntries(form), async (input) => {
    const { id } = await createProject(await requireAdmin(), input);
    return `/projects/${id}`;
  });
  if (!result.ok) return result;
  redirect(result.value);
}
