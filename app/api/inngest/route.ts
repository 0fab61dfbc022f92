import type { NextRequest } from "next/server";
import { functions } from "@/inngest/functions/index";
import { handlersOf } from "./handlers";

export const dynamic = "force-dynamic";

// Where an Inngest server calls the functions. The embedded executor reaches them without a socket.
const handlers = handlersOf(functions);

/** What Inngest may know about this installation. */
export function GET(request: NextRequest): Promise<Response> {
  return handlers.GET(request);
}

/** Runs a function or one step of it. */
export function POST(request: NextRequest): Promise<Response> {
  return handlers.POST(request);
}

/** Describes the functions. */
export function PUT(request: NextRequest): Promise<Response> {
  return handlers.PUT(request);
}
