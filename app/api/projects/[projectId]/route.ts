import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { editProject } from "@/lib/projects/edit";
import { getProject } from "@/lib/projects/list";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** A project. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    return contract.GET.response.parse({ project: await getProject(member) });
  });
}

/** Changes it. */
export async function PATCH(request: NextRequest, { params }: Context) {
  return respond(request, contract.PATCH, async () => {
    const { projectId } = await params;
    const member = await requireMember(projectId, contract.PATCH.access);
    await editProject(member, parse(contract.PATCH.body, await readJson(request)));
    return contract.PATCH.response.parse({ project: await getProject(member) });
  });
}
