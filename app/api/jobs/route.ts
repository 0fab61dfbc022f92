import type { NextRequest } from "next/server";
import { requireAdmin } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { refuseElsewhere } from "@/lib/jobs/engine";
import { listJobs } from "@/lib/jobs/list-jobs";
import { contract } from "./contract";

/** A page of jobs. */
export async function GET(request: NextRequest) {
  return respond(request, contract.GET, async () => {
    const admin = await requireAdmin();
    refuseElsewhere();
    return listJobs(admin, parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams)));
  });
}
