import type { Metadata } from "next";
import { requireAdmin } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { showIntegration } from "@/lib/integrations/list-integrations";

/** What the browser's tab says of a page of an integration. It admits for itself: a title is made beside its page. */
export const titleOf = (integrationId: string, page?: string): Promise<Metadata> =>
  admit(async () => {
    const { name } = await showIntegration(await requireAdmin(), integrationId);
    return { title: page ? `${page} · ${name}` : name };
  });
