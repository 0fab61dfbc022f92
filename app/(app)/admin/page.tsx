import { redirect } from "next/navigation";
import { requireAdmin } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";

/** Administration has no page of its own: it begins with the integrations. */
export default async function AdminPage() {
  await admit(() => requireAdmin());
  redirect("/admin/integrations");
}
