import { expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { connectIntegration } from "./connect-integration";
import { editIntegration } from "./edit-integration";
import { connectInput, editInput } from "./inputs";

it("[D4] [F4] the stored token, entered again, is tried, and wakes a connection that waits for one", async () => {
  const { apiUrl, token } = sandbox.github;
  const credential = { token };
  const admin = await makeAdmin();
  const site = { provider: "github", name: "Production", baseUrl: apiUrl, authType: "pat", credential };
  const { id } = await connectIntegration(admin, connectInput.parse(site));
  const shared = { integrationId: id, userId: null };
  const status = async () => (await prisma.connection.findFirstOrThrow({ where: shared })).status;
  await prisma.connection.updateMany({ where: shared, data: { status: "needs_reauthorization" } });

  await editIntegration(admin, id, editInput.parse({ name: "Renamed" }));
  expect(await status()).toBe("needs_reauthorization");
  await editIntegration(admin, id, editInput.parse({ credential }));
  expect(await status()).toBe("active");
});
