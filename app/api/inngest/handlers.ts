import type { InngestFunction } from "inngest";
import { serve } from "inngest/next";
import { NextRequest } from "next/server";
import { inngest } from "@/inngest/client";
import { respond } from "@/lib/boundary";
import { readBody } from "@/lib/request-body";
import { contract } from "./contract";

// Events and steps hold ids. The SDK would read a body of any size before it looks at the signature.
const mostBytes = 4 * 1024 * 1024;

async function limited(request: NextRequest): Promise<NextRequest> {
  const { url, method, headers } = request;
  return new NextRequest(url, { method, headers, body: await readBody(request, mostBytes) });
}

/** Serves functions to an Inngest server: to that one alone, by its signature. */
export function handlersOf(functions: readonly InngestFunction.Any[]) {
  // By default the SDK would let anybody ask for a sync.
  const sdk = serve({ client: inngest, functions: [...functions], enableUnauthedSync: false });
  return {
    GET: (request: NextRequest) => respond(request, contract.GET, () => sdk.GET(request, undefined)),
    POST: (request: NextRequest) =>
      respond(request, contract.POST, async () => sdk.POST(await limited(request), undefined)),
    PUT: (request: NextRequest) =>
      respond(request, contract.PUT, async () => sdk.PUT(await limited(request), undefined)),
  };
}
