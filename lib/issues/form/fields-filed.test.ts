import { beforeEach, describe, expect, it } from "vitest";
import { jira } from "@/e2e/vitest/jira";
import { prisma } from "@/lib/db/client";
import { getOrStartDraft, saveDraft } from "../drafts";
import { listIssues } from "../list-issues";
import { type CreationInput, requestCreation } from "../request-creation";
import { showCreation } from "../show-creation";
import { readCreation, work } from "../test-scene";
import { makeTrackerScene } from "../test-trackers";
import { searchOptions } from "./options";
import { getTrackerForm } from "./tracker-form";

type Scene = Awaited<ReturnType<typeof makeTrackerScene>>;
let scene: Scene;
let typeId: string;
let values: Record<string, unknown>;
beforeEach(async () => {
  scene = await makeTrackerScene(jira, "jira-cloud", "PAY");
  const at = { integrationId: scene.integrationId };
  const { types } = await getTrackerForm(scene.member, at);
  typeId = types?.find(({ name }) => name === "Bug")?.id ?? "";
  const { fields } = await getTrackerForm(scene.member, { ...at, typeId });
  const owner = await searchOptions(scene.member, { ...at, typeId, field: "customfield_10041" }, { q: "" });
  const staging = fields.find(({ id }) => id === "customfield_10040")?.options?.find(({ name }) => name === "Staging");
  values = {
    customfield_10040: staging?.id,
    customfield_10041: owner.items[0],
    customfield_10042: "2026-11-19",
  };
});

const ask = (change: Partial<CreationInput> = {}) =>
  requestCreation(scene.member, {
    ...{ integrationId: scene.integrationId, title: "Payment times out", description: "Often." },
    ...{ resultIds: [scene.results[0].resultId], type: "Bug", fields: values },
    ...change,
  });
const started = async (change: Partial<CreationInput> = {}) => (await ask(change)).creation?.id ?? "";
const filed = async (title = "Payment times out") =>
  (await jira.issues("PAY")).filter((issue) => issue.title === title);

describe("an issue with the tracker's own fields", () => {
  it("[G2] [E4] is filed with a type, a select, a person and a date, by their ids", async () => {
    const id = await started();
    expect(await readCreation(id)).toMatchObject({ typeId, typeName: "Bug", textField: "description" });
    await work();
    const [made, ...more] = await filed();
    expect(more).toEqual([]);
    expect(made).toMatchObject({
      type: "Bug",
      fields: {
        customfield_10040: values.customfield_10040,
        customfield_10042: "2026-11-19",
      },
    });
    expect(JSON.stringify(made?.fields.customfield_10041)).toContain(
      (values.customfield_10041 as { id: string }).id, // as the search gave it
    );
    const [issue] = await listIssues(scene.member, { resultId: scene.results[0].resultId });
    expect(issue).toMatchObject({ type: "Bug", priority: expect.any(String) });
  });

  it("[G2] [K6] lacks what is required: refused on its fields, and nothing is begun", async () => {
    await expect(ask({ fields: {} })).rejects.toMatchObject({
      kind: "invalid_input",
      fields: {
        customfield_10040: "Environment found is required.",
        customfield_10041: "QA owner is required.",
        customfield_10042: "Found on is required.",
      },
    });
    expect(await prisma.issueCreation.count({ where: { projectId: scene.projectId } })).toBe(0);
  });

  it.each([
    ["a field that is not there", { severity: "high" }, "severity", /no field "severity".*customfield_10040/],
    ["a choice that is not there", { customfield_10040: "9" }, "customfield_10040", /no choice "9".*Staging/],
    ["a day that is none", { customfield_10042: "soon" }, "customfield_10042", /date/],
  ])("[G2] [K6] names %s with what there is", async (_, change, field, said) => {
    await expect(ask({ fields: { ...values, ...change } })).rejects.toMatchObject({
      fields: { [field]: expect.stringMatching(said) },
    });
  });

  it("[G2] [K6] names a type that is not there with those that are", async () => {
    await expect(ask({ type: "Incident" })).rejects.toMatchObject({ fields: { type: expect.stringContaining("Bug") } });
  });

  it("[G2] takes a choice that the tracker has been given since its form was read", async () => {
    await prisma.$executeRaw`update "MetadataCache" set "fetchedAt" = "fetchedAt" - interval '1 minute',
      value = jsonb_set(value, '{answer,fields}', (
        select jsonb_agg(f || '{"options": []}') from jsonb_array_elements(value->'answer'->'fields') f))
      where key like 'form/%'`;
    await started();
    await work();
    expect(await filed()).toHaveLength(1);
  });

  it("[G2] [G11] refused by the tracker on a field, the form comes back with its word at that field", async () => {
    const message = "The date is in the future.";
    const body = { errorMessages: [], errors: { customfield_10042: message } };
    jira.faults.add({ method: "POST", path: "/issue$", mode: "status", status: 400, body, times: 1 });
    const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
    const { id: draftId } = await getOrStartDraft(scene.member, place);
    const id = await started({ draftId });
    await work();
    const { creation } = await showCreation(scene.member, id);
    expect(creation).toMatchObject({
      state: "failed",
      error: { fields: { customfield_10042: message } },
      draft: { resultId: place.resultId },
    });
    // Mended and sent again, it is the same creation.
    expect(await started({ draftId, fields: { ...values, customfield_10042: "2026-11-18" } })).toBe(id);
    await work();
    expect(await filed()).toMatchObject([{ fields: { customfield_10042: "2026-11-18" } }]);
  });

  it("[G3] [G2] once sent, other values for the same form are refused and not dropped", async () => {
    const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
    const { id: draftId } = await getOrStartDraft(scene.member, place);
    await started({ draftId });
    await expect(ask({ draftId, fields: { ...values, customfield_10042: "2026-11-01" } })).rejects.toMatchObject({
      kind: "conflict",
    });
    expect(await ask({ draftId })).toMatchObject({ outcome: "joined" });
  });

  it("[G2] without a type and fields is accepted while the tracker is away, and judged by it", async () => {
    await prisma.metadataCache.deleteMany();
    jira.faults.add({ path: "/rest", mode: "status", status: 503, times: 100 });
    expect(await ask({ type: null, fields: {} })).toMatchObject({ outcome: "started" });
  });
});

describe("what a form remembers", () => {
  it("[G2] [G11] a draft keeps type and values, those of other types too", async () => {
    const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
    const { version, title, description } = await getOrStartDraft(scene.member, place);
    const fields = {
      customfield_10042: "2026-11-19",
      "customfield_10040@10000": { id: "1", name: "Old" },
      half: "12:",
    };
    await saveDraft(scene.member, place, { version, title, description, labels: [], typeId, fields });
    expect(await getOrStartDraft(scene.member, place)).toMatchObject({ typeId, fields });
  });

  it("[G2] the next form begins with what the person chose last there, and never with another's choices", async () => {
    const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
    const { id: draftId } = await getOrStartDraft(scene.member, place);
    await started({ draftId, labels: ["flaky"] });
    const form = await getTrackerForm(scene.member, { integrationId: scene.integrationId });
    expect(form).toMatchObject({ typeId, values: { customfield_10040: { name: "Staging" } } });
    // A day is of one issue.
    expect(form.values).not.toHaveProperty("customfield_10042");
    const next = await getOrStartDraft(scene.member, { ...place, resultId: scene.results[1].resultId });
    expect(next.labels).toEqual(["flaky"]);
    const others = await getTrackerForm(scene.owner, { integrationId: scene.integrationId });
    expect(others.values).toEqual({});
  });
});
