import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { certificateAnswer } from "@/lib/integrations/answers";
import { certificateInput } from "@/lib/integrations/inputs";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/integrations/certificate",
    access: "admin",
    summary: "Who the certificates in a PEM text are of, until when, and their fingerprints.",
    body: certificateInput,
    response: z.object({ certificates: z.array(certificateAnswer) }),
    reads: true,
  },
} satisfies Record<string, RouteContract>;
