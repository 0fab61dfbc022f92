import type { RouteContract } from "@/lib/contract";
import { compareInput, comparisonSchema } from "@/lib/results/compare-shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/compare",
    access: "project.read",
    summary: "Two runs compared: what fails newly, is fixed, fails still, is flaky, and does not run any more.",
    query: compareInput,
    response: comparisonSchema,
  },
} satisfies Record<string, RouteContract>;
