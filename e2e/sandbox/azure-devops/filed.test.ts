import { beforeEach, expect, it } from "vitest";
import { azure } from "@/e2e/sandbox/azure-devops/testing";
import { inPieces } from "@/lib/attachments/testing";
import { uploadAttachment } from "@/lib/attachments/upload";
import { getOrStartDraft } from "@/lib/issues/drafts";
import { searchOptions } from "@/lib/issues/form/options";
import { getTrackerForm } from "@/lib/issues/form/tracker-form";
import { listIssues } from "@/lib/issues/list-issues";
import { requestCreation } from "@/lib/issues/request-creation";
import { showCreation } from "@/lib/issues/show-creation";
import { work } from "@/lib/issues/test-scene";
import { makeTrackerScene } from "@/lib/issues/test-trackers";

type Scene = Awaited<ReturnType<typeof makeTrackerScene>>;
let scene: Scene;
beforeEach(async () => {
  scene = await makeTrackerScene(azure, "azure-devops", "Webshop");
});

const made = () => azure.state().items.filter(({ fields }) => fields["System.Title"] === "Payment times out");

async function ask(change: object = {}) {
  const at = { integrationId: scene.integrationId };
  const { types } = await getTrackerForm(scene.member, at);
  const typeId = types?.find(({ name }) => name === "Bug")?.id ?? "";
  const reviewer = await searchOptions(scene.member, { ...at, typeId, field: "Custom.Reviewer" }, { q: "release" });
  const { creation } = await requestCreation(scene.member, {
    ...{ ...at, title: "Payment times out", description: "Often.", type: "Bug" },
    fields: { "Custom.Environment": "Staging", "Custom.Reviewer": reviewer.items[0], "Custom.NeededBy": "2026-12-24" },
    resultIds: [scene.results[0].resultId],
    ...change,
  });
  await work();
  return showCreation(scene.member, creation?.id ?? "");
}

it("[G2] [G7] a failure is filed as a bug with a choice, a person and a date; the marker goes, the link stays", async () => {
  const { creation } = await ask();
  expect(creation).toMatchObject({ state: "created", warnings: [] });
  const [item, ...more] = made();
  expect(more).toEqual([]);
  expect(item?.fields).toMatchObject({
    "Custom.Environment": "Staging",
    "Custom.Reviewer": "release-manager@acme.test",
    "Custom.NeededBy": "2026-12-24T12:00:00.000Z",
    "Microsoft.VSTS.TCM.ReproSteps": expect.stringContaining("Often."),
  });
  expect(String(item?.fields["System.Tags"] ?? "")).not.toContain("faultline-0");
  expect(item?.relations).toMatchObject([{ rel: "Hyperlink", url: expect.stringContaining("http") }]);
  const [issue] = await listIssues(scene.member, { resultId: scene.results[0].resultId });
  expect(issue).toMatchObject({ type: "Bug", priority: "2" });
});

it("[G8] a chosen log stands beside the work item", async () => {
  const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
  const { id: draftId } = await getOrStartDraft(scene.member, place);
  const log = { name: "run.log", owner: { draftId }, body: inPieces(Buffer.from("one line\n")) };
  const { id: attachmentId } = await uploadAttachment(scene.member, log);
  const { creation } = await ask({ draftId, attached: [attachmentId] });
  expect(creation.warnings).toEqual([]);
  expect(made()[0]?.relations.map(({ rel }) => rel)).toContain("AttachedFile");
});

it.each(["drop-reply", "truncate", "bad-json"] as const)(
  "[G3] one work item, though the answer is lost: %s",
  async (mode) => {
    azure.faults.add({ method: "POST", path: "/workItems/\\$", mode });
    await ask();
    expect(made()).toHaveLength(1);
  },
);

it("[G11] what the process asks for comes back at its field", async () => {
  const { customProperties } = {
    customProperties: { FieldReferenceName: "Custom.NeededBy", FieldStatusFlags: "invalidDate" },
  };
  const body = { message: "TF401320: Rule Error.", typeKey: "RuleValidationException", customProperties };
  azure.faults.add({ method: "POST", path: "/workItems/\\$", mode: "status", status: 400, body });
  expect((await ask()).creation).toMatchObject({
    state: "failed",
    error: { fields: { "Custom.NeededBy": "is not a date" } },
  });
});
