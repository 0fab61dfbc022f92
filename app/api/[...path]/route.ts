import { respond } from "@/lib/boundary";
import { notFound } from "@/lib/errors";
import { contract } from "./contract";

/** A program that mistyped an address gets an answer that it can read, not a page. */
const answer = (method: keyof typeof contract) => (request: Request) =>
  respond(request, contract[method], async () => {
    throw notFound("address");
  });

export const GET = answer("GET");
export const POST = answer("POST");
export const PUT = answer("PUT");
export const PATCH = answer("PATCH");
export const DELETE = answer("DELETE");
