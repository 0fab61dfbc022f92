import { pool } from "@/lib/db/client";
import { rawTransaction } from "@/lib/db/raw-transaction";
import { type Algorithm, algorithm as current } from "./algorithm";
import { carryFingerprints } from "./carry";
import { lockGroups, type Place } from "./place";

const most = 500;

/**
 * Carries some fingerprints of an older version to this one, of one project, so that imports of the project go on
 * meanwhile. Answers true while there may be more.
 */
export async function carrySome(algorithm: Algorithm = current): Promise<boolean> {
  const { rows } = await pool.query<Place>(
    `select p."workspaceId", p.id as "projectId" from "Project" p
     where exists (select from "Fingerprint" f where f."projectId" = p.id and f."carriedTo" < $1) limit 1`,
    [algorithm.version],
  );
  const place = rows[0];
  if (!place) return false;
  await rawTransaction(async (client) => {
    await lockGroups(client, place);
    await carryFingerprints(client, place, algorithm, most);
  });
  return true;
}
