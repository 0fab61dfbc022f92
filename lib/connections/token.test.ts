import { describe, expect, it } from "vitest";
import { seal } from "@/lib/crypto/seal";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { OutboundError } from "@/lib/http/outcome";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { placeOf } from "./place";
import { withToken } from "./token";

async function makeConnection(secret = "first") {
  const { workspaceId, userId } = await makeAdmin();
  const [id, integrationId] = [newId(), newId()];
  const base = { workspaceId, provider: "github", baseUrl: "https://example.com", authType: "pat" };
  await prisma.integration.create({ data: { ...base, id: integrationId, name: "T", createdById: userId } });
  const sealedSecret = seal(secret, placeOf({ id, workspaceId, userId: null }));
  await prisma.connection.create({ data: { id, workspaceId, integrationId, sealedSecret } });
  return { id, workspaceId };
}

const replace = (ref: { id: string; workspaceId: string }, secret: string) =>
  prisma.connection.update({
    where: { id: ref.id },
    data: { sealedSecret: seal(secret, placeOf({ ...ref, userId: null })), version: { increment: 1 } },
  });

const statusOf = async ({ id }: { id: string }) =>
  (await prisma.connection.findUniqueOrThrow({ where: { id } })).status;

const unauthorized = (status?: number) =>
  new OutboundError("tracker_unauthorized", "no", { outcome: "refused", ...(status !== undefined && { status }) });

describe("withToken", () => {
  it("[F5] opens the token for the call and remembers its use", async () => {
    const ref = await makeConnection();
    expect(await withToken(ref, async (token) => token.length)).toBe(5);
    expect((await prisma.connection.findUniqueOrThrow({ where: { id: ref.id } })).lastUsedAt).not.toBeNull();
  });

  it("[F5] marks the connection when its present token gets a 401", async () => {
    const ref = await makeConnection();
    await expect(withToken(ref, () => Promise.reject(unauthorized(401)))).rejects.toMatchObject({
      kind: "tracker_unauthorized",
    });
    expect(await statusOf(ref)).toBe("needs_reauthorization");
  });

  it("[F5] repeats once with a token that was stored meanwhile, and leaves the connection as it is", async () => {
    const ref = await makeConnection();
    const used: string[] = [];
    const answer = await withToken(ref, async (token) => {
      used.push(token);
      if (token !== "first") return "done";
      await replace(ref, "second");
      throw unauthorized(401);
    });
    expect([answer, used]).toEqual(["done", ["first", "second"]]);
    expect(await statusOf(ref)).toBe("active");
  });

  it("[F5] leaves the connection as it is after a sign-in page, a 403, a 500 or a lost answer", async () => {
    const ref = await makeConnection();
    const failures = [
      unauthorized(200),
      unauthorized(),
      new OutboundError("tracker_forbidden", "no", { outcome: "refused", status: 403 }),
      new OutboundError("tracker_failed", "no", { outcome: "unknown", status: 500 }),
      new OutboundError("timed_out", "no", { outcome: "unknown" }),
    ];
    for (const failure of failures) {
      let calls = 0;
      const call = () => {
        calls += 1;
        return Promise.reject(failure);
      };
      await expect(withToken(ref, call)).rejects.toBe(failure);
      expect(calls).toBe(1);
      expect(await statusOf(ref)).toBe("active");
    }
  });

  it("[A4] finds no connection of another workspace, and opens none that was revoked", async () => {
    const ref = await makeConnection();
    const other = await makeConnection();
    const foreign = { id: ref.id, workspaceId: other.workspaceId };
    await expect(withToken(foreign, async () => 1)).rejects.toMatchObject({ kind: "not_found" });
    await prisma.connection.update({ where: { id: ref.id }, data: { status: "revoked" } });
    await expect(withToken(ref, async () => 1)).rejects.toMatchObject({ kind: "not_connected" });
  });
});
