import { beforeEach, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { makeScene, type Scene } from "@/lib/issues/test-scene";
import { editExternalProject, listProjectTypes } from "./edit-external-project";
import { listAssignments } from "./list-assignments";

let scene: Scene;
let externalId: string;
beforeEach(async () => {
  await sandbox.reset();
  scene = await makeScene(sandbox.github);
  const found = await prisma.externalProject.findFirstOrThrow({ where: { assignmentId: scene.assignmentId } });
  externalId = found.id;
});
const shown = async () => (await listAssignments(scene.owner))[0]?.externalProjects[0];
const edit = (input: Parameters<typeof editExternalProject>[3]) =>
  editExternalProject(scene.owner, scene.assignmentId, externalId, input);

it("[E3] the usual type is one of the tracker's own, stored by its id with its name, and can be taken back", async () => {
  const types = await listProjectTypes(scene.owner, scene.assignmentId, externalId);
  const [, type] = types ?? [];
  if (!type) throw new Error("the sandbox has several types");
  await edit({ defaultTypeId: type.id });
  expect(await shown()).toMatchObject({ defaultTypeId: type.id, defaultTypeName: type.name });
  const [row] = await prisma.auditEntry.findMany({
    where: { projectId: scene.projectId, action: "assignment.project_edited" },
  });
  expect(row).toMatchObject({ before: { defaultTypeName: null }, after: { defaultTypeName: type.name } });

  await expect(edit({ defaultTypeId: "no-such" })).rejects.toMatchObject({
    fields: { defaultTypeId: expect.stringContaining("no such type") },
  });
  await edit({ defaultTypeId: null });
  expect(await shown()).toMatchObject({ defaultTypeId: null, defaultTypeName: null });
});

it("[E3] uploading is refused where the tracker takes no files", async () => {
  await expect(edit({ uploadsFiles: true })).rejects.toMatchObject({ fields: { uploadsFiles: expect.any(String) } });
});

it("[A4] another project's place is not found", async () => {
  const other = await makeScene(sandbox.github);
  for (const assignmentId of [scene.assignmentId, other.assignmentId]) {
    const tries = [
      () => editExternalProject(other.owner, assignmentId, externalId, { defaultTypeId: null }),
      () => listProjectTypes(other.owner, assignmentId, externalId),
    ];
    for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ kind: "not_found" });
  }
});
