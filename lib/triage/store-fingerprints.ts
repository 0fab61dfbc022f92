import type pg from "pg";
import type { Parts } from "./fingerprint/types";
import type { Place } from "./place";

export type NewGroup = { id: string; title: string; type: string | null };

export type NewFingerprint = {
  hash: string;
  /** As `asJson` writes them. */
  parts: string;
  bands: number[];
  groupId: string;
  joinedBy: "first" | "similar" | "hand" | "upgrade";
  similarity: number | null;
  resultId: string;
};

// What PostgreSQL's JSON refuses; a text that was cut may end in half of a pair.
const unstorable = /\p{Surrogate}|\0/gu;

/** Parts as a JSON column takes them. */
export const asJson = (parts: Parts): string =>
  JSON.stringify(parts, (_, value) => (typeof value === "string" ? value.replace(unstorable, "\ufffd") : value));

/** Groups that are first seen in that run. */
export async function storeNewGroups(
  client: pg.PoolClient,
  { workspaceId, projectId }: Place,
  run: { id: string; createdAt: Date },
  groups: readonly NewGroup[],
): Promise<void> {
  if (groups.length === 0) return;
  await client.query(
    `insert into "FailureGroup" (
       id, "workspaceId", "projectId", title, type, "firstRunId", "firstSeenAt", "lastRunId", "lastSeenAt")
     select g.id, $1, $2, g.title, g.type, $3, $4, $3, $4
     from unnest($5::uuid[], $6::text[], $7::text[]) g(id, title, type)`,
    [
      ...[workspaceId, projectId, run.id, run.createdAt],
      ...[groups.map(({ id }) => id), groups.map(({ title }) => title), groups.map(({ type }) => type)],
    ],
  );
}

/** Fingerprints of that version; one that is there already stays as it is. Answers how many were not. */
export async function storeFingerprints(
  client: pg.PoolClient,
  { workspaceId, projectId }: Place,
  version: number,
  fingerprints: readonly NewFingerprint[],
): Promise<number> {
  if (fingerprints.length === 0) return 0;
  const { rowCount } = await client.query(
    `insert into "Fingerprint" (
       "projectId", hash, "workspaceId", version, parts, bands, "groupId", "joinedBy", similarity, "resultId", "carriedTo")
     select $2, f.hash, $1, $3, f.parts, f.bands, f."groupId", f."joinedBy", f.similarity, f."resultId", $3
     from jsonb_to_recordset($4::jsonb) f(
       hash uuid, parts jsonb, bands int[], "groupId" uuid, "joinedBy" text, similarity real, "resultId" uuid)
     on conflict ("projectId", hash) do nothing`,
    [workspaceId, projectId, version, `[${fingerprints.map(rowOf).join(",")}]`],
  );
  return rowCount ?? 0;
}

const rowOf = ({ parts, ...rest }: NewFingerprint) => `${JSON.stringify(rest).slice(0, -1)},"parts":${parts}}`;
