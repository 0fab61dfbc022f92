import { z } from "zod";
import type { Actor } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { idSchema, isId } from "@/lib/db/ids";

const PAGE = 50;

type Row = Prisma.AuditEntryGetPayload<object>;

// A filter that a person mistyped in the address bar shows everything, which the page then says.
const day = z.iso
  .date()
  .refine((text) => text >= "1970" && text < "9999")
  .optional()
  .catch(undefined);

/** What the log can be narrowed to; dates are whole days in UTC, both included. */
export const auditFilter = z.object({
  action: z
    .string()
    .regex(/^[a-z_.]{1,100}$/)
    .optional()
    .catch(undefined),
  actorId: idSchema.optional().catch(undefined),
  from: day,
  to: day,
  after: z
    .string()
    .regex(/^\d{1,14}_/)
    .refine((cursor) => isId(cursor.split("_")[1]))
    .optional()
    .catch(undefined),
});

/** The workspace's audit log, the newest first, 50 at a time from `after` on. */
export async function listAudit({ workspaceId }: Actor, filter: z.output<typeof auditFilter>) {
  const { action, actorId, from, to, after } = filter;
  const rows = await prisma.auditEntry.findMany({
    where: {
      workspaceId,
      ...(action && { action }),
      ...(actorId && { actorId }),
      createdAt: { ...(from && { gte: new Date(from) }), ...(to && { lt: new Date(Date.parse(to) + 86_400_000) }) },
      ...(after && { AND: olderThan(after) }),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: PAGE + 1,
  });
  const shown = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? shown.at(-1) : undefined;
  return { entries: await named(workspaceId, shown), next: last ? `${last.createdAt.getTime()}_${last.id}` : null };
}

/** Puts names beside the ids of people and projects, as they are called today. */
async function named(workspaceId: string, rows: Row[]) {
  const ofType = (type: string) =>
    rows.flatMap((row) => (row.subjectType === type && isId(row.subjectId) ? [row.subjectId] : []));
  const [people, projects] = await Promise.all([
    prisma.user.findMany({ where: { id: { in: ofType("user") } }, select: { id: true, name: true } }),
    prisma.project.findMany({
      where: { workspaceId, id: { in: [...ofType("project"), ...rows.flatMap(({ projectId }) => projectId ?? [])] } },
      select: { id: true, name: true },
    }),
  ]);
  const names = new Map([...people, ...projects].map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    ...row,
    subjectName: names.get(row.subjectId) ?? null,
    projectName: (row.projectId && names.get(row.projectId)) ?? null,
  }));
}

/** One entry of the log. */
export type AuditEntry = Awaited<ReturnType<typeof listAudit>>["entries"][number];

/** What there is to choose from: the actions that occur, and who did them. */
export async function listAuditChoices({ workspaceId }: Actor) {
  const [actions, actors] = await Promise.all([
    prisma.auditEntry.groupBy({ by: "action", where: { workspaceId }, orderBy: { action: "asc" } }),
    prisma.auditEntry.groupBy({
      by: ["actorId", "actorName"],
      where: { workspaceId, actorId: { not: null } },
      orderBy: { actorName: "asc" },
    }),
  ]);
  // Somebody who changed their name stands there once, under the name that sorts last.
  const people = new Map(actors.map(({ actorId, actorName }) => [actorId, actorName]));
  return {
    actions: actions.map(({ action }) => action),
    people: [...people].flatMap(([id, name]) => (id ? [{ id, name }] : [])),
  };
}

function olderThan(cursor: string): Prisma.AuditEntryWhereInput {
  const [time = "", id = ""] = cursor.split("_");
  const createdAt = new Date(Number(time));
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}
