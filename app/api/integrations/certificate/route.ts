import { requireAdmin } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { readAuthorities } from "@/lib/integrations/certificates";
import { contract } from "./contract";

/** Reads pasted certificates, before anything is saved. */
export async function POST(request: Request) {
  return respond(request, contract.POST, async () => {
    await requireAdmin();
    const { caCertificate } = parse(contract.POST.body, await readJson(request));
    return { certificates: readAuthorities(caCertificate ?? "").shown };
  });
}
