import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { chooseExternalProject } from "@/lib/integrations/external-projects";
import { listAssignments } from "@/lib/integrations/list-assignments";
import { unassign } from "@/lib/integrations/unassign";
import { updateAssignment } from "@/lib/integrations/update-assignment";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; id: string }> };

/** Changes an assignment. */
export async function PUT(request: Request, { params }: Context) {
  return respond(request, contract.PUT, async () => {
    const { projectId, id } = await params;
    const member = await requireMember(projectId, contract.PUT.access);
    const { externalProject, ...input } = parse(contract.PUT.body, await readJson(request));
    // First what the tracker may refuse, so that a refusal leaves the rest as it was.
    if (externalProject !== undefined) await chooseExternalProject(member, id, { key: externalProject });
    await updateAssignment(member, id, input);
    return { integrations: await listAssignments(member) };
  });
}

/** Takes the integration from the project. */
export async function DELETE(request: NextRequest, { params }: Context) {
  return respond(request, contract.DELETE, async () => {
    const { projectId, id } = await params;
    const member = await requireMember(projectId, contract.DELETE.access);
    const { confirm } = parse(contract.DELETE.query, Object.fromEntries(request.nextUrl.searchParams));
    await unassign(member, id, { isConfirmed: confirm === "true" });
    return new Response(null, { status: 204 });
  });
}
