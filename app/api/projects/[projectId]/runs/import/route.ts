import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { sha256 } from "@/lib/crypto/sha256";
import { env } from "@/lib/env";
import { countAttempt } from "@/lib/limits";
import { importResults } from "@/lib/results/import";
import { Hashed } from "@/lib/upload/hashed";
import { contract } from "./contract";

import { openUpload } from "./upload";

type Context = { params: Promise<{ projectId: string }> };

/** Imports a file as it arrives. */
export async function POST(request: NextRequest, { params }: Context) {
  return respond(request, contract.POST, async ({ once }) => {
    const member = await requireMember((await params).projectId, contract.POST.access);
    await countAttempt(`import:${member.tokenId ?? member.userId}`, env().FAULTLINE_LIMIT_IMPORT, 60);
    const query = Object.fromEntries(request.nextUrl.searchParams);
    parse(contract.POST.query, query);
    const { body, expectedBytes, fields } = openUpload(request);
    const file = new Hashed(body);
    // A form's fields may stand after its file.
    const options = () => parse(contract.POST.query, { ...fields, ...query });
    const digest = async () => sha256(JSON.stringify([await file.digest(env().FAULTLINE_IMPORT_MAX_BYTES), options()]));
    return once(member, { digest }, () => importResults(member, file, options, { expectedBytes }));
  });
}
