import { requireAdmin } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { testNewInput, testStoredInput } from "@/lib/integrations/inputs";
import { testConnection } from "@/lib/integrations/test-connection";
import { contract } from "./contract";

/** Tests a token that is being entered, or the one that an integration has. */
export async function POST(request: Request) {
  return respond(request, contract.POST, async () => {
    const admin = await requireAdmin();
    const body = await readJson(request);
    // The union of the contract would say "invalid" without a field; which half is meant is plain.
    const isStored = typeof body === "object" && body !== null && "integrationId" in body;
    return testConnection(admin, isStored ? parse(testStoredInput, body) : parse(testNewInput, body));
  });
}
