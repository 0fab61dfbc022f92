import type { Metadata } from "next";
import { requireMember } from "@/lib/auth/gates";
import type { Member } from "@/lib/auth/member";
import { admit } from "@/lib/boundary";
import { getProject } from "@/lib/projects/list";

type Name = string | ((member: Member) => Promise<string>);

/** What the browser's tab says of a page of a project. It admits for itself: a title is made beside its page. */
export const titleIn = (projectId: string, page?: Name): Promise<Metadata> =>
  admit(async () => {
    const member = await requireMember(projectId, "project.read");
    const [{ name }, own] = await Promise.all([getProject(member), typeof page === "function" ? page(member) : page]);
    return { title: own ? `${own} · ${name}` : name };
  });
