import { prisma } from "@/lib/db/client";
import { FailureText, searchedChars } from "./search";

/** A failing result. Results with the same digest say the same, so that their texts are read and searched once. */
export type Failure = {
  id: string;
  runId: string;
  caseId: string;
  hash: string;
  rank: number;
  groupId: string | null;
  digest: string;
};

/** The failure that was read last, in the order of the index that serves the results of a failure group. */
export type Place = Pick<Failure, "hash" | "rank" | "id">;

type OfRuns = { workspaceId: string; runIds: readonly string[] };

/** The next failing results of the runs, run after run. `after` is for one run alone: the others would begin there too. */
export async function nextFailures({ workspaceId, runIds }: OfRuns, after: Place | null, most: number) {
  const { hash, rank, id } = after ?? { hash: null, rank: 0, id: null };
  return prisma.$queryRaw<Failure[]>`
    select r.id, r."runId", r."caseId", r.fingerprint as hash, r.rank, f."groupId",
      md5(coalesce(left(r.message, ${searchedChars}), '') || e'\x01' || coalesce(left(r.stack, ${searchedChars}), '')) as digest
    from (
      select r.*, run.place from unnest(${[...runIds]}::uuid[]) with ordinality run(id, place)
      -- The index ends each run's rows in order, so that no run is read further than it has to be.
      cross join lateral (
        select * from "TestResult"
        where "runId" = run.id and "workspaceId" = ${workspaceId}::uuid and fingerprint is not null
          and (${hash}::uuid is null or (fingerprint, rank, id) > (${hash}::uuid, ${rank}::smallint, ${id}::uuid))
        order by fingerprint, rank, id limit ${most}) r
      order by run.place, r.fingerprint, r.rank, r.id limit ${most}
    ) r left join "Fingerprint" f on f."projectId" = r."projectId" and f.hash = r.fingerprint
    order by r.place, r.fingerprint, r.rank, r.id`;
}

/** What these results say, by their ids. */
export async function textsOf(workspaceId: string, ids: readonly string[]): Promise<Map<string, FailureText>> {
  const rows = await prisma.$queryRaw<{ id: string; message: string | null; stack: string | null }[]>`
    select id, left(message, ${searchedChars}) as message, left(stack, ${searchedChars}) as stack
    from "TestResult" where id = any(${[...ids]}::uuid[]) and "workspaceId" = ${workspaceId}::uuid`;
  return new Map(rows.map(({ id, ...text }) => [id, new FailureText(text)]));
}
