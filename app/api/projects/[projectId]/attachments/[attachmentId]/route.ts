import type { NextRequest } from "next/server";
import { deleteAttachment } from "@/lib/attachments/delete";
import { getAttachment } from "@/lib/attachments/find";
import { serveAttachment } from "@/lib/attachments/serve";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; attachmentId: string }> };

/** The content of a file. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, attachmentId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    const { inline } = parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams));
    const file = await getAttachment(member, attachmentId);
    return serveAttachment(file, request, { inline: inline === "1" });
  });
}

/** Deletes a file. */
export async function DELETE(request: NextRequest, { params }: Context) {
  return respond(request, contract.DELETE, async () => {
    const { projectId, attachmentId } = await params;
    const member = await requireMember(projectId, contract.DELETE.access);
    await deleteAttachment(member, attachmentId);
    return new Response(null, { status: contract.DELETE.status });
  });
}
