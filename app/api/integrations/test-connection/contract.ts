import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { connectionReport } from "@/lib/integrations/connection-report";
import { testNewInput, testStoredInput } from "@/lib/integrations/inputs";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/integrations/test-connection",
    access: "admin",
    summary:
      "Asks a tracker who a token belongs to and what it may do; a stored one when only the integration is named.",
    body: z.union([testStoredInput, testNewInput]),
    response: connectionReport,
    audit: "integration.tested",
  },
} satisfies Record<string, RouteContract>;
