import type { RouteContract } from "@/lib/contract";

const shared = { path: "/api/{path}", access: "public", summary: "What is no route of ours.", status: 404 } as const;

export const contract = {
  GET: { ...shared, method: "GET" },
  POST: { ...shared, method: "POST", checksOriginItself: true },
  PUT: { ...shared, method: "PUT", checksOriginItself: true },
  PATCH: { ...shared, method: "PATCH", checksOriginItself: true },
  DELETE: { ...shared, method: "DELETE", checksOriginItself: true },
} satisfies Record<string, RouteContract>;
