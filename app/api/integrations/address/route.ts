import type { NextRequest } from "next/server";
import { requireAdmin } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { previewAddress } from "@/lib/integrations/preview-address";
import { contract } from "./contract";

/** Reads an address while it is typed. */
export async function GET(request: NextRequest) {
  return respond(request, contract.GET, async () => {
    await requireAdmin();
    return previewAddress(parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams)));
  });
}
