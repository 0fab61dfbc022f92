import { beforeAll, describe, expect, it } from "vitest";
import { prisma, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { createAccount, createWorkspace } from "@/lib/workspaces/accounts";
import { hashPassword } from "./password";
import { signIn, verifyCredentials } from "./sign-in";

const password = "correct horse battery";
const nowhere = { ip: null, userAgent: "test" };
let passwordHash: string;

async function makeAccount() {
  const email = `ada-${newId()}@example.com`;
  const userId = await transaction((tx) => createAccount(tx, { name: "Ada", email, passwordHash }));
  return { email, userId };
}

const outcome = (email: string, given: string) =>
  verifyCredentials({ email, password: given }).then(
    () => "in",
    (error) => `${error.kind}: ${error.message}`,
  );

beforeAll(async () => {
  passwordHash = await hashPassword(password);
});

describe("signing in", () => {
  it("[A1] says the same words for an unknown account, a wrong password and an account without one", async () => {
    const { email } = await makeAccount();
    const other = await makeAccount();
    await prisma.user.update({ where: { id: other.userId }, data: { passwordHash: null } });
    const words = await Promise.all([
      outcome(email, "wrong password"),
      outcome(`nobody-${newId()}@example.com`, "wrong password"),
      outcome(other.email, password),
    ]);
    expect(new Set(words)).toEqual(new Set(["unauthenticated: The e-mail or the password is wrong."]));
  });

  it("[A1] costs as much for an unknown account and one without a password as for a wrong password", async () => {
    const accounts = {
      wrong: async () => (await makeAccount()).email,
      unknown: async () => `nobody-${newId()}@example.com`,
      without: async () => {
        const { email, userId } = await makeAccount();
        await prisma.user.update({ where: { id: userId }, data: { passwordHash: null } });
        return email;
      },
    };
    // Processor time, in which the hash stands out and which other programs on the machine do not stretch. The least of
    // many rounds, taken in turn, leaves out the first ones, in which the code is still being compiled.
    const least = { wrong: Infinity, unknown: Infinity, without: Infinity };
    for (let round = 0; round < 15; round++)
      for (const kind of ["wrong", "unknown", "without"] as const) {
        const email = await accounts[kind]();
        const start = process.cpuUsage();
        await outcome(email, "wrong password");
        const { user, system } = process.cpuUsage(start);
        least[kind] = Math.min(least[kind], user + system);
      }
    expect(least.unknown / least.wrong).toBeGreaterThan(0.6);
    expect(least.without / least.wrong).toBeGreaterThan(0.6);
    expect(Math.max(least.unknown, least.without) / least.wrong).toBeLessThan(1.7);
  });

  it("[A1] looks at no password after ten attempts on an account, not even at the right one", async () => {
    const { email } = await makeAccount();
    const guesses = await Promise.all(Array.from({ length: 25 }, (_, i) => outcome(email, `guess ${i}`)));
    expect(guesses.filter((words) => words.startsWith("unauthenticated"))).toHaveLength(10);
    expect(guesses.filter((words) => words.startsWith("rate_limited"))).toHaveLength(15);
    await expect(verifyCredentials({ email, password })).rejects.toMatchObject({
      kind: "rate_limited",
      retryAt: expect.any(Date),
    });
  });

  it("[A1] looks at no password after a hundred attempts from one address, whatever accounts they are on", async () => {
    const from = { ip: "203.0.113.7", userAgent: null };
    const guess = (ip: string | null) =>
      signIn({ email: `nobody-${newId()}@example.com`, password }, { ...from, ip }).catch(({ kind }) => kind);
    const guesses = await Promise.all(Array.from({ length: 103 }, () => guess(from.ip)));
    expect(guesses.filter((kind) => kind === "unauthenticated")).toHaveLength(100);
    expect(guesses.filter((kind) => kind === "rate_limited")).toHaveLength(3);
    expect([await guess("203.0.113.8"), await guess(null)]).toEqual(["unauthenticated", "unauthenticated"]);
  });

  it("[A1] does not lock out somebody who signs in often", async () => {
    const { email } = await makeAccount();
    for (let i = 0; i < 12; i++) expect(await outcome(email, password)).toBe("in");
  });

  it("[A1][K1] opens a session in the workspace used last, and records it", async () => {
    const { email, userId } = await makeAccount();
    await expect(signIn({ email, password }, nowhere)).rejects.toMatchObject({ kind: "forbidden" });

    const first = await transaction((tx) => createWorkspace(tx, userId, "First"));
    const second = await transaction((tx) => createWorkspace(tx, userId, "Second"));
    const one = await signIn({ email, password }, nowhere);
    await expect(prisma.session.findUniqueOrThrow({ where: { id: one.sid } })).resolves.toMatchObject({
      userId,
      workspaceId: first.workspaceId,
      userAgent: "test",
    });
    await prisma.session.update({ where: { id: one.sid }, data: { workspaceId: second.workspaceId } });
    const two = await signIn({ email, password }, nowhere);
    const entry = await prisma.auditEntry.findFirstOrThrow({ where: { subjectId: two.sid } });
    expect(entry).toMatchObject({ action: "session.created", workspaceId: second.workspaceId, actorId: userId });
  });
});
