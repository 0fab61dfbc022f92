import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell";
import { requireUser } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { listProjects } from "@/lib/projects/list";
import { getWorkspace } from "@/lib/workspaces/get";
import { signOut } from "./account/actions";
import { Providers } from "./providers";

export default async function AppLayout({ children }: { children: ReactNode }) {
  const actor = await admit(() => requireUser());
  const [projects, workspace] = await Promise.all([listProjects(actor), getWorkspace(actor)]);
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    <Providers nonce={nonce}>
      <Shell
        workspace={workspace.name}
        projects={projects.map(({ id, name, role }) => ({ id, name, canManage: role === "ADMIN" }))}
        isAdmin={actor.workspaceRole === "ADMIN"}
        user={{ name: actor.name, email: actor.email }}
        signOut={signOut}
      >
        {children}
      </Shell>
    </Providers>
  );
}
