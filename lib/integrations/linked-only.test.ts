import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { linkIssue } from "@/lib/issues/link-issue";
import { isLinkedOnly } from "@/lib/issues/linked-only";
import { listIssues } from "@/lib/issues/list-issues";
import { requestCreation } from "@/lib/issues/request-creation";
import { makeScene, type Scene } from "@/lib/issues/test-scene";
import { assignIntegration } from "./assign-integration";
import { connectIntegration } from "./connect-integration";
import { chooseOnlyProject } from "./external-projects";
import { connectInput } from "./inputs";
import { listAssignments } from "./list-assignments";
import { previewAddress } from "./preview-address";

let scene: Scene;
let integrationId: string;
beforeEach(async () => {
  await sandbox.reset();
  scene = await makeScene(sandbox.github);
  const input = connectInput.parse({
    ...{ provider: "simple-url", name: "Old tracker", baseUrl: "https://old.example/bug/{issueId}" },
    ...{ authType: "none", credential: {} },
  });
  integrationId = (await connectIntegration(scene.admin, input)).id;
  const { id } = await assignIntegration(scene.owner, integrationId);
  await chooseOnlyProject(scene.owner, id);
});

describe("a tracker that nothing is filed in", () => {
  it("[D8] [E1] needs no choice of a project, and says that its issues are linked only", async () => {
    const found = (await listAssignments(scene.owner)).find((one) => one.integrationId === integrationId);
    expect(found).toMatchObject({
      ...{ canCreate: false, hasTypes: false, blocked: null },
      externalProjects: [{ key: "old.example", isDefault: true }],
    });
    const [github] = await listAssignments(scene.owner);
    expect(github?.canCreate).toBe(true);
  });

  it("[D8] [H1] links an issue by its id or its address, to the same one", async () => {
    const { resultId } = scene.results[0];
    const link = (ref: string) => linkIssue(scene.member, integrationId, { resultId }, ref);
    expect((await link("PAY/7")).outcome).toBe("linked");
    expect((await link("https://old.example/bug/PAY%2F7?tab=1")).outcome).toBe("already_linked");
    expect(await listIssues(scene.member, { resultId })).toMatchObject([
      { key: "PAY/7", title: "PAY/7", state: "linked", url: "https://old.example/bug/PAY%2F7" },
    ]);
    await expect(link("https://other.example/bug/7")).rejects.toMatchObject({ fields: { ref: expect.any(String) } });
  });

  it("[D8] takes no new issue", async () => {
    const { resultId } = scene.results[0];
    const description = { type: "doc", content: [] };
    const asked = requestCreation(scene.member, { integrationId, title: "T", description, resultIds: [resultId] });
    await expect(asked).rejects.toMatchObject({ kind: "not_supported" });
  });
});

describe("an address that is typed", () => {
  it("[D8] [D3] shows what an id becomes, and where calls will go", () => {
    expect(previewAddress({ provider: "simple-url", baseUrl: "old.example/bug/{issueId}" })).toEqual({
      baseUrl: "https://old.example/bug/{issueId}",
      example: { ref: "1234", url: "https://old.example/bug/1234" },
    });
    expect(previewAddress({ provider: "github", baseUrl: "github.com" })).toEqual({
      baseUrl: "https://api.github.com",
      example: null,
    });
    const wrong = () => previewAddress({ provider: "simple-url", baseUrl: "https://old.example/" });
    expect(wrong).toThrow(expect.objectContaining({ fields: { baseUrl: expect.any(String) } }));
  });
});

describe("a project of such trackers alone", () => {
  it("[D8] is offered linking, not creating; one that files among them is enough to create", async () => {
    const { workspaceId, projectId } = scene.owner;
    expect(await isLinkedOnly(scene.member)).toBe(false);
    const off = { where: { workspaceId, projectId, integrationId: scene.integrationId }, data: { active: false } };
    await prisma.projectIntegration.updateMany(off);
    expect(await isLinkedOnly(scene.member)).toBe(true);
    await prisma.projectIntegration.deleteMany({ where: { workspaceId, projectId } });
    expect(await isLinkedOnly(scene.member)).toBe(false);
  });
});
