import { beforeEach, describe, expect, it } from "vitest";
import { prisma } from "@/lib/db/client";
import { makeAdmin } from "@/lib/workspaces/test-people";
import type { Actor } from "./member";
import { hashPassword } from "./password";
import { changeName, changePassword } from "./profile";
import { verifyCredentials } from "./sign-in";

const old = "the old password";
const fresh = "a fresh password";
let ada: Actor;

const openSession = () =>
  prisma.session.create({
    data: { userId: ada.userId, workspaceId: ada.workspaceId, expiresAt: new Date(Date.now() + 60_000) },
  });

beforeEach(async () => {
  ada = await makeAdmin();
  await prisma.user.update({ where: { id: ada.userId }, data: { passwordHash: await hashPassword(old) } });
});

describe("one's own account", () => {
  it("[A1][K1] a new password replaces the old one and signs out the other browsers", async () => {
    const [here, elsewhere] = [await openSession(), await openSession()];
    await changePassword({ ...ada, sessionId: here.id }, { current: old, password: fresh });
    await expect(verifyCredentials({ email: ada.email, password: old })).rejects.toMatchObject({
      kind: "unauthenticated",
    });
    await expect(verifyCredentials({ email: ada.email, password: fresh })).resolves.toBe(ada.userId);

    const open = await prisma.session.findMany({ where: { userId: ada.userId, revokedAt: null } });
    expect(open.map(({ id }) => id)).toEqual([here.id]);
    expect(elsewhere.id).not.toBe(here.id);
    const entries = await prisma.auditEntry.findMany({ where: { actorId: ada.userId } });
    expect(entries.map(({ action }) => action)).toContain("account.password_changed");
    expect(JSON.stringify(entries)).not.toContain(fresh);
  });

  it("[A1] a wrong present password changes nothing, and guessing it is limited", async () => {
    const guess = () => changePassword(ada, { current: "guess", password: fresh });
    for (let i = 0; i < 10; i++)
      await expect(guess()).rejects.toMatchObject({ kind: "invalid_input", fields: { current: expect.any(String) } });
    await expect(guess()).rejects.toMatchObject({ kind: "rate_limited" });
    await expect(changePassword(ada, { current: old, password: fresh })).rejects.toMatchObject({
      kind: "rate_limited",
    });
  });

  it("[K1] a new name is recorded before and after", async () => {
    await changeName(ada, "Countess");
    const entry = await prisma.auditEntry.findFirst({ where: { actorId: ada.userId, action: "account.renamed" } });
    expect(entry).toMatchObject({ before: { name: "Ada" }, after: { name: "Countess" } });
  });
});
