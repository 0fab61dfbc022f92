import { beforeEach, describe, expect, it } from "vitest";
import { jira } from "@/e2e/vitest/jira";
import { runUntilIdle } from "@/inngest/embedded/testing";
import { refreshMetadataJob } from "@/inngest/functions/refresh-metadata";
import { storeShared } from "@/lib/connections/store-shared";
import { prisma, transaction } from "@/lib/db/client";
import { askTracker, eyesOf } from "@/lib/integrations/metadata";
import type { FieldOption } from "@/lib/trackers/tracker";
import { makeTrackerScene } from "../test-trackers";
import { searchLabels, searchOptions } from "./options";
import { getTrackerForm } from "./tracker-form";

type Scene = Awaited<ReturnType<typeof makeTrackerScene>>;
let scene: Scene;
beforeEach(async () => {
  scene = await makeTrackerScene(jira, "jira-cloud", "PAY");
});

const at = () => ({ integrationId: scene.integrationId });
const bug = async () => {
  const { types } = await getTrackerForm(scene.member, at());
  const typeId = types?.find(({ name }) => name === "Bug")?.id;
  if (!typeId) throw new Error("no such type");
  return { ...at(), typeId };
};

/** Lets everything that was told be so old. */
const age = (ms: number) =>
  prisma.$executeRaw`update "MetadataCache" set "fetchedAt" = "fetchedAt" - ${ms} * interval '1 ms'`;
const hour = 3_600_000;

describe("the tracker's own form", () => {
  it("[G2] has its types, and the fields of the chosen one in its order, required ones marked", async () => {
    const form = await getTrackerForm(scene.member, await bug());
    expect(form.types?.map(({ name }) => name)).toContain("Bug");
    const named = new Map(form.fields.map((field) => [field.name, field]));
    expect(named.get("Environment found")).toMatchObject({
      ...{ kind: "select", isRequired: true },
      options: expect.arrayContaining([expect.objectContaining({ name: "Staging" })]),
    });
    expect(named.get("QA owner")).toMatchObject({ kind: "user", isRequired: true, isSearched: true });
    expect(named.get("Found on")).toMatchObject({ kind: "date", isRequired: true });
    expect(JSON.stringify(form)).not.toContain('"wire"');
  });

  it("[G2] once known, opens without a call, within 200 ms", async () => {
    const form = await bug();
    await getTrackerForm(scene.member, form);
    const before = scene.calls().length;
    expect(before).toBeGreaterThan(0);
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      const begun = performance.now();
      await getTrackerForm(scene.member, form);
      times.push(performance.now() - begun);
    }
    expect(scene.calls()).toHaveLength(before);
    console.info(`warm form: p95 ${times.sort((a, b) => a - b)[18]?.toFixed(1)} ms, 0 calls`);
  });

  it("[G2] that is no longer fresh is shown at once, and asked for anew once, by a job", async () => {
    const form = await bug();
    await getTrackerForm(scene.member, form);
    const before = scene.calls().length;
    await age(hour);
    const shown = await Promise.all(Array.from({ length: 5 }, () => getTrackerForm(scene.member, form)));
    expect(scene.calls()).toHaveLength(before);
    expect(shown.every(({ fetchedAt }) => Date.parse(fetchedAt) < Date.now() - hour / 2)).toBe(true);
    const events = await prisma.outbox.findMany({ where: { name: "integration/metadata.stale" } });
    // One for the types and one for the form, whoever has looked.
    expect(events).toHaveLength(2);
    await runUntilIdle([refreshMetadataJob]);
    expect(scene.calls().length).toBeGreaterThan(before);
    const { fetchedAt } = await getTrackerForm(scene.member, form);
    expect(Date.parse(fetchedAt)).toBeGreaterThan(Date.now() - 60_000);
  });

  it("[G2] is asked for once by two tabs that open it at once, and anew when somebody wants that", async () => {
    await Promise.all([getTrackerForm(scene.member, at()), getTrackerForm(scene.member, at())]);
    const paths = scene.calls().map(({ method, path }) => `${method} ${path.split("?")[0]}`);
    expect(new Set(paths).size).toBe(paths.length);
    await getTrackerForm(scene.member, at(), { reload: true });
    expect(scene.calls().length).toBeGreaterThan(paths.length);
  });

  it("[G2] stays as it was while the tracker is away", async () => {
    const form = await bug();
    const known = await getTrackerForm(scene.member, form);
    await age(2 * hour);
    jira.faults.add({ path: "/rest", mode: "status", status: 503, times: 100 });
    expect(await getTrackerForm(scene.member, form)).toMatchObject({ fields: known.fields });
  });

  it("[G2] [D1] is forgotten with the credential that has seen it, and not kept when that changes meanwhile", async () => {
    await getTrackerForm(scene.member, at());
    const count = () => prisma.metadataCache.count({ where: { integrationId: scene.integrationId } });
    expect(await count()).toBeGreaterThan(0);
    const { write } = jira.credentials;
    const credential = { type: write.authType, values: write.values };
    const probe = {
      account: null,
      scopesFound: null,
      scopesMissing: [],
      rateLimit: null,
      apiVersion: null,
      clockSkewMs: null,
    };
    const owner = { workspaceId: scene.member.workspaceId, integrationId: scene.integrationId };
    const change = () => transaction((tx) => storeShared(tx, owner, credential, probe));
    await change();
    expect(await count()).toBe(0);

    jira.faults.add({ path: "issuetypes|createmeta", mode: "delay", delayMs: 300 });
    const slow = getTrackerForm(scene.member, at());
    await new Promise((done) => setTimeout(done, 100));
    await change();
    await slow;
    const kinds = await prisma.metadataCache.findMany({ where: { integrationId: scene.integrationId } });
    expect(kinds.filter(({ key }) => key.startsWith("types/"))).toEqual([]);
  });

  it("[A4] of a place that is not assigned to the project is not found", async () => {
    await expect(getTrackerForm(scene.member, { ...at(), externalProject: "OPS" })).rejects.toMatchObject({
      kind: "not_found",
    });
    const other = await makeTrackerScene(jira, "jira-cloud", "PAY");
    await expect(getTrackerForm(other.member, at())).rejects.toMatchObject({ kind: "not_found" });
  });
});

describe("choices that the tracker is asked for", () => {
  it("[G2] are found by what is typed, page by page, and known the next time", async () => {
    const form = await bug();
    const { fields } = await getTrackerForm(scene.member, form);
    const owner = fields.find(({ name }) => name === "QA owner");
    const search = (q: string, cursor?: string) =>
      searchOptions(scene.member, { ...form, field: owner?.id ?? "" }, { q, cursor });
    const all: FieldOption[] = [];
    for (let cursor: string | undefined, page = 0; page < 20; page++) {
      const { items, next } = await search("", cursor);
      all.push(...items);
      if (!next) break;
      cursor = next;
    }
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const found = await search("qa");
    expect(found.items.length).toBeGreaterThan(0);
    const before = scene.calls().length;
    expect(await search("qa")).toEqual(found);
    expect(scene.calls()).toHaveLength(before);
  });

  it("[G2] [A4] are those of a searched field of an assigned place, and of nothing else", async () => {
    const form = await bug();
    await expect(searchOptions(scene.member, { ...form, field: "nope" }, { q: "" })).rejects.toMatchObject({
      kind: "invalid_input",
    });
    const elsewhere = { ...form, externalProject: "OPS", field: "assignee" };
    await expect(searchOptions(scene.member, elsewhere, { q: "" })).rejects.toMatchObject({ kind: "not_found" });
  });

  it("[G2] [E7] are labels as well", async () => {
    const { items } = await searchLabels(scene.member, at(), { q: "" });
    const [first = ""] = items;
    expect(items.length).toBeGreaterThan(1);
    expect((await searchLabels(scene.member, at(), { q: first.slice(0, 3) })).items).toContain(first);
  });

  it("[G4] are all accounts, from every page", async () => {
    const eyes = await eyesOf(scene.member.workspaceId, scene.integrationId);
    const { project } = await getTrackerForm(scene.member, at());
    const { answer } = await askTracker(eyes, "users", { project });
    expect(answer.length).toBeGreaterThan(3);
  });
});
