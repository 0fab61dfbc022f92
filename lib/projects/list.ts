import type { Actor, Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { visibleTo } from "./visible-to";

/** The projects that the actor is in, or all for an administrator of the workspace, with their last run. */
export async function listProjects(actor: Actor, { archived = false } = {}) {
  const { userId, workspaceRole } = actor;
  const projects = await prisma.project.findMany({
    where: { ...visibleTo(actor), archivedAt: archived ? { not: null } : null },
    orderBy: { name: "asc" },
    select: {
      id: true,
      name: true,
      description: true,
      defaultBranch: true,
      archivedAt: true,
      members: { where: { userId }, select: { role: true } },
      _count: { select: { members: true } },
      testRuns: {
        orderBy: { number: "desc" },
        take: 1,
        select: { number: true, createdAt: true, passed: true, failed: true, error: true, flaky: true, skipped: true },
      },
    },
  });
  return projects.map(({ members, _count, testRuns, ...project }) => ({
    ...project,
    role: workspaceRole === "ADMIN" ? "ADMIN" : (members[0]?.role ?? "VIEWER"),
    memberCount: _count.members,
    lastRun: testRuns[0] ?? null,
  }));
}

/** The member's project. */
export async function getProject({ workspaceId, projectId }: Member) {
  const project = await prisma.project.findFirst({
    where: { id: projectId, workspaceId },
    select: { id: true, name: true, description: true, defaultBranch: true, createdAt: true, archivedAt: true },
  });
  if (!project) throw notFound("project");
  return project;
}
