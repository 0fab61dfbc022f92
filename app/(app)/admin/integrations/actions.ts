"use server";

import type { z } from "zod";
import { requireAdmin } from "@/lib/auth/gates";
import { attempt } from "@/lib/boundary";
import { connectIntegration } from "@/lib/integrations/connect-integration";
import { deleteIntegration } from "@/lib/integrations/delete-integration";
import { editIntegration } from "@/lib/integrations/edit-integration";
import { disableIntegration, enableIntegration } from "@/lib/integrations/set-status";
import { testConnection } from "@/lib/integrations/test-connection";
import { contract } from "./actions.contract";

type Input<K extends keyof typeof contract> = z.input<(typeof contract)[K]["input"]>;

export async function testNew(input: Input<"testNew">) {
  return attempt(contract.testNew, input, async (parsed) => testConnection(await requireAdmin(), parsed));
}

export async function testStored(input: Input<"testStored">) {
  return attempt(contract.testStored, input, async (parsed) => testConnection(await requireAdmin(), parsed));
}

export async function connect(input: Input<"connect">) {
  return attempt(contract.connect, input, async (parsed) => connectIntegration(await requireAdmin(), parsed));
}

export async function edit(input: Input<"edit">) {
  return attempt(contract.edit, input, async ({ integrationId, ...changes }) =>
    editIntegration(await requireAdmin(), integrationId, changes),
  );
}

export async function disable(input: Input<"disable">) {
  return attempt(contract.disable, input, async (parsed) =>
    disableIntegration(await requireAdmin(), parsed.integrationId),
  );
}

export async function enable(input: Input<"enable">) {
  return attempt(contract.enable, input, async (parsed) =>
    enableIntegration(await requireAdmin(), parsed.integrationId),
  );
}

export async function remove(input: Input<"remove">) {
  return attempt(contract.remove, input, async ({ integrationId, ...parsed }) =>
    deleteIntegration(await requireAdmin(), integrationId, parsed),
  );
}
