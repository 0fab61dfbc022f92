import { prisma } from "@/lib/db/client";
import { functionName } from "./function-name";
import type { Subject } from "./shapes";

/** The ids found in one event, by key. */
export type EventIds = Record<string, string> | null;

type Known = { name: string; path: string };
type Reader = (workspaceId: string, ids: string[]) => Promise<[id: string, known: Known][]>;

/** How each kind of id is looked up in the workspace; what a kind has not here is shown as an id alone. */
const readers: Record<string, Reader> = {
  creationId: async (workspaceId, ids) => {
    const rows = await prisma.issueCreation.findMany({
      where: { workspaceId, id: { in: ids } },
      select: { id: true, title: true, projectId: true, sources: { select: { resultId: true }, take: 1 } },
    });
    const results = await prisma.testResult.findMany({
      where: { workspaceId, id: { in: rows.flatMap(({ sources }) => sources.map(({ resultId }) => resultId)) } },
      select: { id: true, runId: true },
    });
    const runOf = new Map(results.map(({ id, runId }) => [id, runId]));
    return rows.map(({ id, title, projectId, sources: [source] }) => {
      const runId = source && runOf.get(source.resultId);
      const place = runId ? `/runs/${runId}?result=${source.resultId}` : "";
      return [id, { name: title, path: `/projects/${projectId}${place}` }];
    });
  },
  integrationId: async (workspaceId, ids) => {
    const rows = await prisma.integration.findMany({
      where: { workspaceId, id: { in: ids } },
      select: { id: true, name: true },
    });
    return rows.map(({ id, name }) => [id, { name, path: `/admin/integrations/${id}` }]);
  },
  projectId: async (workspaceId, ids) => {
    const rows = await prisma.project.findMany({
      where: { workspaceId, id: { in: ids } },
      select: { id: true, name: true },
    });
    return rows.map(({ id, name }) => [id, { name, path: `/projects/${id}` }]);
  },
  runId: async (workspaceId, ids) => {
    const rows = await prisma.testRun.findMany({
      where: { workspaceId, id: { in: ids } },
      select: { id: true, number: true, projectId: true },
    });
    return rows.map(({ id, number, projectId }) => [
      id,
      { name: `Run #${number}`, path: `/projects/${projectId}/runs/${id}` },
    ]);
  },
  jobId: async (workspaceId, ids) => {
    const rows = await prisma.executorRun.findMany({
      where: { workspaceId, id: { in: ids } },
      select: { id: true, functionId: true },
    });
    return rows.map(({ id, functionId }) => [id, { name: functionName(functionId), path: `/admin/jobs/${id}` }]);
  },
};

/** What the ids of some events stand for in the workspace, in the order of the events. */
export async function findSubjects(workspaceId: string, events: readonly EventIds[]): Promise<Subject[][]> {
  const known = new Map<string, Known>();
  const reading = Object.entries(readers).map(async ([key, read]) => {
    const ids = [...new Set(events.flatMap((event) => event?.[key] ?? []))];
    if (ids.length === 0) return;
    for (const [id, found] of await read(workspaceId, ids)) known.set(`${key} ${id}`, found);
  });
  await Promise.all(reading);
  return events.map((event) =>
    Object.entries(event ?? {})
      .map(([key, id]) => {
        const { name = null, path = null } = known.get(`${key} ${id}`) ?? {};
        return { kind: key.slice(0, -"Id".length), id, name, path };
      })
      // What a job is for has a name and comes first; creation before integration.
      .sort((a, b) => rank(a) - rank(b) || a.kind.localeCompare(b.kind)),
  );
}

const order = Object.keys(readers);
const rank = ({ kind, name }: Subject) => (name === null ? order.length : order.indexOf(`${kind}Id`));
