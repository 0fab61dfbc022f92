import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { severLinks } from "@/lib/integrations/sever-links";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; id: string }> };

/** Severs all links of an integration in the project. */
export async function DELETE(request: NextRequest, { params }: Context) {
  return respond(request, contract.DELETE, async () => {
    const { projectId, id } = await params;
    const member = await requireMember(projectId, contract.DELETE.access);
    const { confirm } = parse(contract.DELETE.query, Object.fromEntries(request.nextUrl.searchParams));
    return severLinks(member, id, { isConfirmed: confirm === "true" });
  });
}
