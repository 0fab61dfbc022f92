import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { getOrStartDraft, saveDraft } from "@/lib/issues/drafts";
import { openForm } from "@/lib/issues/open-form";
import { documentBodyBytes } from "@/lib/request-body";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** What the form has to offer. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const member = await requireMember((await params).projectId, contract.GET.access);
    return openForm(member, parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams)));
  });
}

/** Opens the draft, or saves it while somebody types. */
export async function PUT(request: Request, { params }: Context) {
  return respond(request, contract.PUT, async () => {
    const member = await requireMember((await params).projectId, contract.PUT.access);
    const { content, ...place } = parse(contract.PUT.body, await readJson(request, { maxBytes: documentBodyBytes }));
    if (content) return saveDraft(member, place, content);
    return { saved: true, draft: await getOrStartDraft(member, place) };
  });
}
