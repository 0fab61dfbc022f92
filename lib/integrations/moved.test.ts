import { expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { makeScene, start } from "@/lib/issues/test-scene";
import { editIntegration } from "./edit-integration";

it("[G3] [D4] keeps its address while an issue may have been created there, and is free when that is known", async () => {
  const scene = await makeScene(sandbox.github);
  const id = await start(scene);
  const elsewhere = { baseUrl: "http://127.0.0.1:9/api/v3", credential: { token: sandbox.github.token } };
  await prisma.issueCreation.update({ where: { id }, data: { state: "unknown", sentAt: new Date() } });
  await expect(editIntegration(scene.admin, scene.integrationId, elsewhere)).rejects.toMatchObject({
    kind: "conflict",
    fields: { baseUrl: expect.stringContaining("1 issue may have been created") },
  });
  await editIntegration(scene.admin, scene.integrationId, { name: "Another name" });

  await prisma.issueCreation.update({ where: { id }, data: { state: "failed" } });
  // It gets as far as calling there, which the operator does not allow.
  await expect(editIntegration(scene.admin, scene.integrationId, elsewhere)).rejects.toMatchObject({
    kind: "egress_refused",
  });
});
