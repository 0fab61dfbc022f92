import type { RouteContract } from "@/lib/contract";
import { importInput } from "@/lib/results/inputs";
import { importedSchema } from "@/lib/results/shapes";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/runs/import",
    access: "results.import",
    summary:
      "Imports one JUnit XML file: as the body (application/xml, text/xml, application/octet-stream), or as the file of a multipart/form-data form, whose fields may stand in place of the query.",
    creates: "once",
    audit: "results.imported",
    query: importInput,
    response: importedSchema,
  },
} satisfies Record<string, RouteContract>;
