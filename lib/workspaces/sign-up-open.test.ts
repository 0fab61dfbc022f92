import { expect, it } from "vitest";

it("[A1] FAULTLINE_SIGNUP=open lets everybody make a workspace, each address once", async () => {
  // Read once, at first use: hence the imports after it.
  process.env.FAULTLINE_SIGNUP = "open";
  const { prisma } = await import("@/lib/db/client");
  const { signUp } = await import("./sign-up");
  const nowhere = { ip: null, userAgent: null };
  const input = { name: "Ada", email: "ada@example.com", password: "a password of words", workspace: "One" };
  await signUp(input, nowhere);
  await signUp({ ...input, email: "bob@example.com" }, nowhere);
  await expect(signUp({ ...input, workspace: "Other" }, nowhere)).rejects.toMatchObject({
    kind: "conflict",
    fields: { email: expect.any(String) },
  });
  expect(await prisma.workspace.count()).toBe(2);
});
