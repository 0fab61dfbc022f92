import { redirect } from "next/navigation";
import { requireUser } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";

/** The application begins with the projects. */
export default async function HomePage() {
  await admit(() => requireUser());
  redirect("/projects");
}
