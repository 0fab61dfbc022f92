import { describe, expect, it } from "vitest";
import { prisma } from "@/lib/db/client";
import { removeMember } from "@/lib/workspaces/members";
import { makeAdmin, makeMember } from "@/lib/workspaces/test-people";
import { findActor } from "./actor";
import { createApiToken, listApiTokens, revokeApiToken } from "./tokens";

const bearer = (token: string) => findActor(new Headers({ authorization: `Bearer ${token}` }), { getAll: () => [] });

describe("API tokens", () => {
  it("[A3] names its person and scopes, remembers its use, and is stored as a hash", async () => {
    const mel = await makeMember(await makeAdmin());
    const made = await createApiToken(mel, { name: "ci", scopes: ["read", "import"], expiresInDays: 30 });
    expect(made.token).toMatch(/^flt_[\w-]{43}$/);
    expect(await bearer(made.token)).toMatchObject({
      userId: mel.userId,
      workspaceId: mel.workspaceId,
      via: "token",
      tokenId: made.id,
      scopes: ["read", "import"],
    });

    const row = await prisma.apiToken.findUniqueOrThrow({ where: { id: made.id } });
    expect(row.lastUsedAt).not.toBeNull();
    expect(row.prefix).toBe(made.token.slice(0, 10));
    const dump = JSON.stringify([row, await prisma.auditEntry.findMany(), await listApiTokens(mel)]);
    expect(dump).not.toContain(made.token);
    expect(dump).not.toContain(made.token.slice(4));
  });

  it("[A3] refuses a token that expired or was revoked, or whose person left", async () => {
    const ada = await makeAdmin();
    const mel = await makeMember(ada);
    const make = () => createApiToken(mel, { name: "t", scopes: ["read"], expiresInDays: 1 });
    const [expired, revoked, orphan] = [await make(), await make(), await make()];

    await prisma.apiToken.update({ where: { id: expired.id }, data: { expiresAt: new Date(Date.now() - 1) } });
    await revokeApiToken(mel, revoked.id);
    expect(await bearer(expired.token)).toBeNull();
    expect(await bearer(revoked.token)).toBeNull();
    expect(await bearer(`${orphan.token}x`)).toBeNull();
    expect(await bearer(orphan.token)).not.toBeNull();
    await removeMember(ada, mel.userId);
    expect(await bearer(orphan.token)).toBeNull();
  });

  it("[A3] a member cannot make an admin token, nor a token a stronger one", async () => {
    const ada = await makeAdmin();
    const mel = await makeMember(ada);
    const input = { name: "t", expiresInDays: null };
    await expect(createApiToken(mel, { ...input, scopes: ["admin"] })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(createApiToken(ada, { ...input, scopes: ["admin"] })).resolves.toMatchObject({ expiresAt: null });
    const weak = { ...ada, via: "token" as const, scopes: ["read"] as const };
    await expect(createApiToken(weak, { ...input, scopes: ["read", "issues"] })).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  it("[A4] nobody sees or revokes the tokens of others", async () => {
    const ada = await makeAdmin();
    const mel = await makeMember(ada);
    const eve = await makeAdmin("Eve");
    const { id, token } = await createApiToken(mel, { name: "t", scopes: ["read"], expiresInDays: null });
    for (const other of [ada, eve]) {
      expect(await listApiTokens(other)).toEqual([]);
      await expect(revokeApiToken(other, id)).rejects.toMatchObject({ kind: "not_found" });
    }
    expect(await bearer(token)).not.toBeNull();
  });
});
