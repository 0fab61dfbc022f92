import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/options";
import { checkOrigin } from "@/lib/auth/origin";
import { respond } from "@/lib/boundary";
import type { AppError } from "@/lib/errors";
import { readBody } from "@/lib/request-body";
import { contract } from "./contract";

// An address and a password; next-auth itself would read whatever anybody sends.
const mostBytes = 16 * 1024;

type Context = { params: Promise<{ nextauth: string[] }> };

/** What next-auth answers about the session. */
export function GET(request: NextRequest, context: Context): Promise<Response> {
  return respond(request, contract.GET, () => handle(request, context));
}

/** Signing in and out through next-auth's own protocol, for programs; the pages use server actions. */
export function POST(request: NextRequest, context: Context): Promise<Response> {
  return respond(request, contract.POST, async () => {
    // A program sends no Origin; next-auth's own token in the body, tied to a cookie, keeps foreign pages out.
    if (request.headers.get("origin") !== null) checkOrigin(request.headers);
    const body = await readBody(request, mostBytes);
    const { url, method, headers } = request;
    return handle(new NextRequest(url, { method, headers, body }), context);
  });
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  let refusal: AppError | undefined;
  const options = authOptions({
    headers: request.headers,
    onRefused: (error) => {
      refusal = error;
    },
  });
  const response: Response = await NextAuth(request, context, options);
  if (refusal) throw refusal;
  return response;
}
