import { serve } from "inngest/next";
import type { NextRequest } from "next/server";
import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/functions/index";
import { respond } from "@/lib/boundary";
import { contract } from "./contract";

export const dynamic = "force-dynamic";

// Where an Inngest server calls the functions. The embedded executor reaches them without a socket. By default the SDK
// would let anybody ask for a sync.
const sdk = serve({ client: inngest, functions: [...functions], enableUnauthedSync: false });

/** What Inngest may know about this installation. */
export function GET(request: NextRequest): Promise<Response> {
  return respond(request, contract.GET, () => sdk.GET(request, undefined));
}

/** Runs a function or one step of it. */
export function POST(request: NextRequest): Promise<Response> {
  return respond(request, contract.POST, () => sdk.POST(request, undefined));
}

/** Describes the functions. */
export function PUT(request: NextRequest): Promise<Response> {
  return respond(request, contract.PUT, () => sdk.PUT(request, undefined));
}
