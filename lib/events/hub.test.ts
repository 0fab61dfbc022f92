import { afterAll, describe, expect, it } from "vitest";
import { headersOf } from "@/e2e/access/call";
import { makeWorld, type Role, type World } from "@/e2e/access/world";
import { withHeaders } from "@/e2e/vitest/next-headers";
import { requireUser } from "@/lib/auth/gates";
import type { Actor } from "@/lib/auth/member";
import { revokeOtherSessions } from "@/lib/auth/sessions";
import { prisma, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { runShutdown } from "@/lib/shutdown";
import { type Announcement, announce } from "./announce";
import { streamEvents } from "./stream";

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

const watch = async (world: World, role: Exclude<Role, "guest">) =>
  watchAs(await withHeaders(headersOf(world, role), () => requireUser()));

async function watchAs(actor: Actor) {
  const leaving = new AbortController();
  const response = await streamEvents(actor, leaving.signal);
  const heard: string[] = [];
  let ended = false;
  void (async () => {
    const decoder = new TextDecoder();
    if (response.body) for await (const chunk of response.body) heard.push(decoder.decode(chunk));
    ended = true;
  })().catch(() => {});
  return {
    hears: (id: string) => heard.some((text) => text.includes(id)),
    ended: () => ended,
    leave: () => leaving.abort(),
  };
}

const say = (announcement: Announcement) => transaction((tx) => announce(tx, announcement));

afterAll(runShutdown);

describe("the stream of events", () => {
  it("[A4] tells news of a project to its members and administrators, and to nobody else", async () => {
    const world = await makeWorld();
    const { workspaceId, projectId, runId } = world.own;
    const roles = ["viewer", "member", "admin", "stranger", "outsider"] as const;
    const streams = await Promise.all(roles.map((role) => watch(world, role)));
    await say({ workspaceId, projectId, topic: "run", id: runId });
    await wait(300);
    expect(streams.map((stream) => stream.hears(runId))).toEqual([true, true, true, false, false]);
    for (const stream of streams) stream.leave();
  });

  it("[A4] tells nothing of a project any more to whom it has removed", async () => {
    const world = await makeWorld();
    const { workspaceId, projectId, runId } = world.own;
    const viewer = await watch(world, "viewer");
    const { userId } = world.people.viewer;
    await transaction(async (tx) => {
      await tx.projectMember.delete({ where: { projectId_userId: { projectId, userId } } });
      await announce(tx, { workspaceId, projectId, topic: "member", id: userId });
    });
    await wait(300);
    await say({ workspaceId, projectId, topic: "run", id: runId });
    await wait(300);
    expect(viewer.hears(runId)).toBe(false);
    viewer.leave();
  });

  it("[A4] tells news of jobs to administrators alone", async () => {
    const world = await makeWorld();
    const { workspaceId, failedJobId } = world.own;
    const streams = await Promise.all(
      (["admin", "projectAdmin", "outsider"] as const).map((role) => watch(world, role)),
    );
    await say({ workspaceId, projectId: null, topic: "job", id: failedJobId });
    await wait(300);
    expect(streams.map((stream) => stream.hears(failedJobId))).toEqual([true, false, false]);
    for (const stream of streams) stream.leave();
  });

  it("[A1] ends when the session is revoked", async () => {
    const world = await makeWorld();
    const { sessionId, userId } = world.people.member;
    const [member, admin] = [await watch(world, "member"), await watch(world, "admin")];
    await transaction(async (tx) => {
      await tx.session.update({ where: { id: sessionId }, data: { revokedAt: new Date() } });
      await announce(tx, {
        ...{ workspaceId: world.own.workspaceId, projectId: null, topic: "session", id: sessionId, userId },
      });
    });
    await wait(300);
    expect([member.ended(), admin.ended()]).toEqual([true, false]);
    admin.leave();
  });

  it("[A4] tells of sessions to the person whose they are alone, in whichever workspace they are", async () => {
    const world = await makeWorld();
    const people = ["viewer", "member", "admin"] as const;
    const streams = await Promise.all(people.map((role) => watch(world, role)));
    const { userId, sessionId } = world.people.viewer;
    const elsewhere = newId();
    const expiresAt = new Date(Date.now() + 60_000);
    await prisma.membership.create({ data: { workspaceId: world.foreign.workspaceId, userId, role: "MEMBER" } });
    await prisma.session.create({
      data: { id: elsewhere, userId, workspaceId: world.foreign.workspaceId, expiresAt },
    });
    const viewer = await withHeaders(headersOf(world, "viewer"), () => requireUser());
    const away = await watchAs({ ...viewer, workspaceId: world.foreign.workspaceId, sessionId: elsewhere });
    await revokeOtherSessions(viewer);
    await wait(300);
    expect(streams.map((stream) => stream.hears(elsewhere))).toEqual([true, false, false]);
    expect([away.ended(), streams[0]?.ended()]).toEqual([true, false]);
    expect(streams[1]?.hears(sessionId)).toBe(false);
    for (const stream of streams) stream.leave();
  });

  it("[K6] are so many for one person, and for somebody else still", async () => {
    const world = await makeWorld();
    const asked = await Promise.allSettled(Array.from({ length: 60 }, () => watch(world, "member")));
    const streams = asked.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
    expect(streams).toHaveLength(50);
    await expect(watch(world, "member")).rejects.toMatchObject({ kind: "rate_limited", retryAt: expect.any(Date) });
    (await watch(world, "viewer")).leave();
    streams[0]?.leave();
    await wait(50);
    streams.push(await watch(world, "member"));
    for (const stream of streams) stream.leave();
  });

  it("[K10] says that something may have been missed after the database connection was lost", async () => {
    const world = await makeWorld();
    const admin = await watch(world, "admin");
    await prisma.$executeRaw`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like 'listen%' and pid <> pg_backend_pid()`;
    await wait(1500);
    expect(admin.hears("event: gap")).toBe(true);
    await say({ workspaceId: world.own.workspaceId, projectId: null, topic: "integration", id: "after-the-gap" });
    await wait(300);
    expect(admin.hears("after-the-gap")).toBe(true);
    admin.leave();
  });

  it("[K10] closes every stream when the server stops", async () => {
    const world = await makeWorld();
    const admin = await watch(world, "admin");
    await runShutdown();
    await wait(100);
    expect(admin.ended()).toBe(true);
  });
});
