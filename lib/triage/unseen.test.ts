import { expect, it } from "vitest";
import { pool } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { rawTransaction } from "@/lib/db/raw-transaction";
import { algorithm } from "./algorithm";
import { groupUnseen } from "./unseen";

it("[J1] looks each fingerprint up by its key, whatever the statistics say", async () => {
  const place = { workspaceId: newId(), projectId: newId() };
  const run = { id: newId(), createdAt: new Date() };
  const unseen = await rawTransaction(async (client) => {
    // The rows that theirs refer to are not needed here.
    await client.query("set local session_replication_role = replica");
    await client.query(
      `insert into "RunFingerprint" (
         "runId", hash, "workspaceId", "projectId", failures, flaky, cases, suites, environments, "resultId")
       select $1, gen_random_uuid(), $2, $3, 1, 0, 1, 1, '{}', $1 from generate_series(1, 10000)`,
      [run.id, place.workspaceId, place.projectId],
    );
    await client.query(
      `insert into "Fingerprint" (
         "projectId", hash, "workspaceId", version, parts, bands, "groupId", "resultId", "carriedTo")
       select "projectId", hash, "workspaceId", 1, '{}', '{1}', "resultId", "resultId", 1 from "RunFingerprint"`,
    );
    // As autovacuum does at any time: it sees pages, and nothing on them that is committed.
    await pool.query(`analyze "Fingerprint"`);
    await client.query("set local statement_timeout = '5s'");
    return groupUnseen(client, place, run, { algorithm, masks: new Map() });
  });
  expect(unseen).toBe(0);
});
