import { describe, expect, it } from "vitest";
import { prisma } from "@/lib/db/client";
import { isSignUpOpen, signUp } from "./sign-up";

const nowhere = { ip: null, userAgent: null };
const person = (n: number) => ({
  name: `Person ${n}`,
  email: `p${n}@example.com`,
  password: "a password of words",
  workspace: `Workspace ${n}`,
});

describe("signing up", () => {
  it("[A1] of many who sign up first at once, one makes the workspace and the others need an invitation", async () => {
    expect(await isSignUpOpen()).toBe(true);
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, (_, n) => signUp(person(n), nowhere)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ kind: "forbidden" });

    expect(await prisma.user.count()).toBe(1);
    expect(await prisma.workspace.count()).toBe(1);
    expect(await prisma.membership.findMany({ select: { role: true } })).toEqual([{ role: "ADMIN" }]);
    expect(await isSignUpOpen()).toBe(false);
  });

  it("[A1][K1] records the workspace, the account and the session, and stores no password", async () => {
    const actions = await prisma.auditEntry.findMany({ orderBy: { id: "asc" } });
    expect(actions.map(({ action }) => action)).toEqual(["workspace.created", "account.created", "session.created"]);
    const stored = JSON.stringify([actions, await prisma.user.findMany()]);
    expect(stored).toContain("$argon2id$");
    expect(stored).not.toContain("a password of words");
  });
});
