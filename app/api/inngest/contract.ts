import type { RouteContract } from "@/lib/contract";

// Public to the gates, because the SDK checks Inngest's signature on every call: no browser, hence no Origin.
const shared = { path: "/api/inngest", access: "public", checksOriginItself: true } as const;

export const contract = {
  GET: { ...shared, method: "GET", summary: "What Inngest may know about this installation; signed." },
  POST: { ...shared, method: "POST", summary: "Inngest calls a function or one step of it; signed." },
  PUT: { ...shared, method: "PUT", summary: "Inngest asks for the list of functions; signed." },
} satisfies Record<string, RouteContract>;
