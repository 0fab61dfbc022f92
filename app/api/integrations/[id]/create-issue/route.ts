import { type NextRequest, NextResponse } from "next/server";
import { requireMember, requireUser } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { answerRequest } from "@/lib/issues/answer-request";
import { documentBodyBytes } from "@/lib/request-body";
import { contract } from "./contract";

type Context = { params: Promise<{ id: string }> };

/** Creates an issue from results of a project. */
export async function POST(request: NextRequest, { params }: Context) {
  return respond(request, contract.POST, async ({ once }) => {
    // Who they are comes before what they sent.
    await requireUser("issues");
    const { id: integrationId } = await params;
    const { wait } = parse(contract.POST.query, Object.fromEntries(request.nextUrl.searchParams));
    const body = parse(contract.POST.body, await readJson(request, { maxBytes: documentBodyBytes }));
    const member = await requireMember(body.projectId, contract.POST.access);

    const { groupId, ...wanted } = body;
    const groupIds = groupId ? [groupId] : [];
    const started = await once(member, body, (clientKey) =>
      answerRequest.start(member, { ...wanted, groupIds, integrationId, clientKey }),
    );
    const { status, ...answer } = await answerRequest.settle(member, started, wait * 1_000);
    return NextResponse.json(answer, { status });
  });
}
