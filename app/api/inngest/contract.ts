import type { RouteContract } from "@/lib/contract";

const path = "/api/inngest";

// Public to the gates: the SDK checks Inngest's signature on every call, and refuses without a key.
export const contract = {
  GET: { method: "GET", path, access: "public", summary: "What Inngest may know about this installation; signed." },
  POST: { method: "POST", path, access: "public", summary: "Inngest calls a function or one step of it; signed." },
  PUT: { method: "PUT", path, access: "public", summary: "Inngest asks for the list of functions; signed." },
} satisfies Record<string, RouteContract>;
