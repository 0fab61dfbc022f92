import type { RouteContract } from "@/lib/contract";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/events",
    access: { user: "read" },
    summary: "A stream of server-sent events: ids of what has changed, to be read again.",
  },
} satisfies Record<string, RouteContract>;
