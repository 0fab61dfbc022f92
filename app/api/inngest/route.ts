import { serve } from "inngest/next";
import { NextRequest } from "next/server";
import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/functions/index";
import { respond } from "@/lib/boundary";
import { readBody } from "@/lib/request-body";
import { contract } from "./contract";

export const dynamic = "force-dynamic";

// Where an Inngest server calls the functions. The embedded executor reaches them without a socket. By default the SDK
// would let anybody ask for a sync.
const sdk = serve({ client: inngest, functions: [...functions], enableUnauthedSync: false });

// Events and steps hold ids. The SDK would read a body of any size before it looks at the signature.
const mostBytes = 4 * 1024 * 1024;

async function limited(request: NextRequest): Promise<NextRequest> {
  const { url, method, headers } = request;
  return new NextRequest(url, { method, headers, body: await readBody(request, mostBytes) });
}

/** What Inngest may know about this installation. */
export function GET(request: NextRequest): Promise<Response> {
  return respond(request, contract.GET, () => sdk.GET(request, undefined));
}

/** Runs a function or one step of it. */
export function POST(request: NextRequest): Promise<Response> {
  return respond(request, contract.POST, async () => sdk.POST(await limited(request), undefined));
}

/** Describes the functions. */
export function PUT(request: NextRequest): Promise<Response> {
  return respond(request, contract.PUT, async () => sdk.PUT(await limited(request), undefined));
}
