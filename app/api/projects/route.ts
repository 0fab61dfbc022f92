import type { NextRequest } from "next/server";
import { requireAdmin, requireUser } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { createProject } from "@/lib/projects/create";
import { listProjects } from "@/lib/projects/list";
import { contract } from "./contract";

/** The caller's projects. */
export async function GET(request: NextRequest) {
  return respond(request, contract.GET, async () => {
    const actor = await requireUser();
    const { archived } = parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams));
    const projects = await listProjects(actor, { archived: archived === "true" });
    return contract.GET.response.parse({ projects });
  });
}

/** Makes one. */
export async function POST(request: NextRequest) {
  return respond(request, contract.POST, async ({ once }) => {
    const admin = await requireAdmin();
    const input = parse(contract.POST.body, await readJson(request));
    return once(admin, input, async () => ({ project: await createProject(admin, input) }));
  });
}
