import type { NextRequest } from "next/server";
import { receiveFile } from "@/app/api/projects/[projectId]/attachments/receive";
import { listResultFiles } from "@/lib/attachments/list";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; resultId: string }> };

/** The files of a result. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, resultId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    const query = parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams));
    return listResultFiles(member, resultId, query);
  });
}

/** Takes a file for a result, as it arrives. */
export async function POST(request: NextRequest, { params }: Context) {
  return respond(request, contract.POST, async ({ once }) => {
    const { projectId, resultId } = await params;
    const member = await requireMember(projectId, contract.POST.access);
    const { name } = parse(contract.POST.query, Object.fromEntries(request.nextUrl.searchParams));
    return receiveFile(request, member, once, { name, owner: { resultId } });
  });
}
