import { describe, expect, it } from "vitest";
import { prisma, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { removeMember } from "@/lib/workspaces/members";
import { makeAdmin, makeMember } from "@/lib/workspaces/test-people";
import { findActor, sessionCookieName } from "./actor";
import type { Actor } from "./member";
import {
  listSessions,
  openSession,
  revokeAllSessions,
  revokeOtherSessions,
  revokeSession,
  sessionJwt,
} from "./sessions";

const nowhere = { ip: null, userAgent: null };

async function browse(person: Pick<Actor, "userId" | "workspaceId">) {
  const { userId, workspaceId } = person;
  const session = await transaction((tx) => openSession(tx, { userId, workspaceId }, nowhere));
  const value = await sessionJwt(session);
  const ask = (cookie = value) =>
    findActor(new Headers(), { getAll: () => [{ name: sessionCookieName(), value: cookie }] });
  return { sid: session.sid, ask };
}

describe("sessions", () => {
  it("[A1] a cookie counts as long as its row stands", async () => {
    const ada = await makeAdmin();
    const { sid, ask } = await browse(ada);
    expect(await ask()).toMatchObject({ userId: ada.userId, via: "session", sessionId: sid, workspaceRole: "ADMIN" });

    await revokeSession(ada, sid);
    expect(await ask()).toBeNull();
  });

  it("[A1] counts behind a proxy that asks for a password of its own, and never beside a bearer token", async () => {
    const ada = await makeAdmin();
    const cookie = await sessionJwt(await transaction((tx) => openSession(tx, ada, nowhere)));
    const ask = (authorization: string) =>
      findActor(new Headers({ authorization }), { getAll: () => [{ name: sessionCookieName(), value: cookie }] });
    expect(await ask("Basic cHJveHk6c2VjcmV0")).toMatchObject({ userId: ada.userId });
    for (const bad of ["Bearer", "bearer ", "Bearer nonsense", "Bearer two words"]) expect(await ask(bad)).toBeNull();
  });

  it("[A1] refuses a session that has expired, a foreign cookie and a forged one", async () => {
    const ada = await makeAdmin();
    const { sid, ask } = await browse(ada);
    expect(await ask("nonsense")).toBeNull();
    expect(await ask(await sessionJwt({ sid: newId(), ...ada, expiresAt: new Date() }))).toBeNull();
    await prisma.session.update({ where: { id: sid }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await ask()).toBeNull();
  });

  it("[A1][K1] signs out everywhere, or everywhere else, with a row for each", async () => {
    const ada = await makeAdmin();
    const eve = await makeMember(ada);
    const [one, two, other] = [await browse(ada), await browse(ada), await browse(eve)];

    const here = { ...ada, sessionId: one.sid };
    expect(await listSessions(here)).toHaveLength(2);
    expect(await revokeOtherSessions(here)).toBe(1);
    expect([await one.ask(), await two.ask()]).toEqual([expect.anything(), null]);

    expect(await revokeAllSessions(here)).toBe(1);
    expect(await one.ask()).toBeNull();
    expect(await other.ask()).not.toBeNull();
    const rows = await prisma.auditEntry.count({ where: { action: "session.revoked", actorId: ada.userId } });
    expect(rows).toBe(2);
  });

  it("[A4] does not end somebody else's session", async () => {
    const [ada, eve] = [await makeAdmin(), await makeAdmin("Eve")];
    const { sid, ask } = await browse(eve);
    for (const id of [sid, newId(), "nonsense"])
      await expect(revokeSession(ada, id)).rejects.toMatchObject({ kind: "not_found" });
    expect(await ask()).not.toBeNull();
  });

  it("[A2] ends for a person who was removed from the workspace", async () => {
    const ada = await makeAdmin();
    const mel = await makeMember(ada);
    const { ask } = await browse(mel);
    await removeMember(ada, mel.userId);
    expect(await ask()).toBeNull();
  });
});
