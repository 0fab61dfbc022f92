import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { listBulks } from "@/lib/issues/bulk/list";
import { startBulk } from "@/lib/issues/bulk/start";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** The jobs of a run. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const member = await requireMember((await params).projectId, contract.GET.access);
    return listBulks(member, parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams)));
  });
}

/** Starts one. */
export async function POST(request: NextRequest, { params }: Context) {
  return respond(request, contract.POST, async ({ once }) => {
    const member = await requireMember((await params).projectId, contract.POST.access);
    const input = parse(contract.POST.body, await readJson(request));
    return once(member, input, async (id) => ({ bulk: await startBulk(member, input, id) }));
  });
}
