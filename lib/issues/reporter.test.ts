import { beforeEach, describe, expect, it } from "vitest";
import { jira } from "@/e2e/vitest/jira";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { eyesOf } from "@/lib/integrations/metadata";
import type { RemoteUser } from "@/lib/trackers/tracker";
import { getReporterForm } from "./form/reporter-field";
import { getTrackerForm } from "./form/tracker-form";
import { findReporter, matchAccount } from "./reporter";
import { requestCreation } from "./request-creation";
import { showCreation } from "./show-creation";
import { readCreation, work } from "./test-scene";
import { makeTrackerScene } from "./test-trackers";

const account = (remoteId: string, name: string, more: Partial<RemoteUser> = {}): RemoteUser => ({
  remoteId,
  name,
  ...more,
});

describe("the account that is a person's", () => {
  const lead = account("1", "QA Lead", { email: "lead@acme.example" });
  const other = account("2", "Dev Two", { email: "two@acme.example" });
  const me = { name: "QA Lead", email: "lead@acme.example" };

  it.each<[string, typeof me, RemoteUser[], string | null]>([
    ["has the e-mail address, whatever the name", { ...me, name: "Dev Two" }, [lead, other], "1"],
    ["has it in another case", { ...me, email: "LEAD@acme.example" }, [lead], "1"],
    ["has the full name alone", { ...me, email: "x@y.example" }, [lead, other], "1"],
    ["has it in other spaces and cases", { name: " qa  LEAD", email: "x@y.example" }, [lead], "1"],
    ["is nobody's where two have the name", { ...me, email: "x@y.example" }, [lead, account("3", "QA Lead")], null],
    ["is nobody's where two have the address", me, [lead, account("3", "QA", { email: me.email })], null],
    ["is not found by a first name", { name: "QA", email: "x@y.example" }, [account("4", "QA")], null],
    ["is not found by a part of the name", { name: "QA Lead", email: "x@y.example" }, [account("4", "QA")], null],
    ["is none that is switched off", me, [{ ...lead, isActive: false }], null],
    [
      "is the active one of two",
      me,
      [
        { ...lead, isActive: false },
        { ...lead, remoteId: "5" },
      ],
      "5",
    ],
    ["is one account that two pages name", me, [lead, lead], "1"],
    [
      "is not that of people whose address is hidden",
      { name: "Solo", email: "" },
      [account("6", "X", { email: null })],
      null,
    ],
  ])("[G4] %s", (_, person, users, id) => {
    expect(matchAccount(person, users)?.id ?? null).toBe(id);
  });
});

describe("in whose name an issue is filed", () => {
  type Scene = Awaited<ReturnType<typeof makeTrackerScene>>;
  const byAdmin = { ...jira, credentials: { write: jira.credentials.admin } };
  let scene: Scene;
  let dev: { accountId: string; displayName: string };
  beforeEach(async () => {
    // An account that may say who reports; most may not.
    scene = await makeTrackerScene(byAdmin, "jira-cloud", "PAY");
    const found = jira.world.state.accounts.find(({ name }) => name === "frontend-developer");
    if (!found) throw new Error("no such account");
    dev = { accountId: found.accountId, displayName: found.displayName };
    await prisma.user.update({ where: { id: scene.member.userId }, data: { name: dev.displayName } });
    scene.member.name = dev.displayName;
  });

  const form = async () => {
    const at = { integrationId: scene.integrationId };
    const { types } = await getTrackerForm(scene.member, at);
    const typeId = types?.find(({ name }) => name === "Task")?.id;
    return typeId ? { ...at, typeId } : at;
  };
  const file = async () => {
    const { creation } = await requestCreation(scene.member, {
      ...{ integrationId: scene.integrationId, title: "It fails", description: "Often.", type: "Task" },
      resultIds: [scene.results[0].resultId],
    });
    await work();
    const made = (await jira.issues("PAY")).filter(({ title }) => title === "It fails");
    return { id: creation?.id ?? "", made };
  };

  it("[G4] is said before, with why, and is what the issue then bears", async () => {
    const said = await getReporterForm(scene.member, await form());
    expect(said).toMatchObject({ fieldId: "reporter", account: { id: dev.accountId }, by: "name" });
    const { id, made } = await file();
    expect(JSON.stringify(made[0]?.fields.reporter)).toContain(dev.accountId);
    expect((await readCreation(id)).reporter).toMatchObject({ id: dev.accountId, by: "name" });
    expect(await prisma.userMatch.findMany({ where: { userId: scene.member.userId } })).toMatchObject([
      { remoteUserId: dev.accountId, source: "name" },
    ]);
  });

  it("[G4] nobody's without a doubt: it is the key's owner, who files it all the same", async () => {
    await prisma.user.update({ where: { id: scene.member.userId }, data: { name: "Nobody There" } });
    scene.member.name = "Nobody There";
    expect(await getReporterForm(scene.member, await form())).toMatchObject({ account: null, by: null });
    const { made } = await file();
    expect(made).toHaveLength(1);
    expect(JSON.stringify(made[0]?.fields.reporter)).not.toContain(dev.accountId);
  });

  it("[G4] what an administrator has said is never changed by looking", async () => {
    const { workspaceId, userId } = scene.member;
    const { integrationId } = scene;
    const hand = { remoteUserId: "acc-7", remoteName: "Seven", source: "hand", checkedAt: new Date() };
    await prisma.userMatch.create({ data: { id: newId(), workspaceId, integrationId, userId, ...hand } });
    const eyes = await eyesOf(workspaceId, integrationId);
    const { project } = await getTrackerForm(scene.member, await form());
    expect(await findReporter(scene.member, eyes, project)).toMatchObject({ id: "acc-7", by: "hand" });
  });

  it("[G4] [G3] refused by the tracker, the key's owner stands in: one issue, no question", async () => {
    await getReporterForm(scene.member, await form());
    const body = { errorMessages: [], errors: { reporter: "The reporter specified is not a user." } };
    jira.faults.add({ method: "POST", path: "/issue$", mode: "status", status: 400, body, times: 1 });
    const { id, made } = await file();
    expect(made).toHaveLength(1);
    expect(await readCreation(id)).toMatchObject({ state: "created", reporter: { isRefused: true } });
  });

  it("[G4] a key that may not say who reports files it all the same, and that is told", async () => {
    scene = await makeTrackerScene(jira, "jira-cloud", "PAY");
    await prisma.user.update({ where: { id: scene.member.userId }, data: { name: dev.displayName } });
    scene.member.name = dev.displayName;
    await form();
    const { id, made } = await file();
    expect(made).toHaveLength(1);
    expect((await showCreation(scene.member, id)).creation.warnings).toMatchObject([{ kind: "reporter_refused" }]);
  });

  it("[G4] accounts that cannot be listed hold no issue up", async () => {
    await form();
    jira.faults.add({ path: "user/(assignable|search)|users", mode: "status", status: 500 });
    expect((await file()).made).toHaveLength(1);
  });
});
