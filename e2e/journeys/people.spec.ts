import { expect, test } from "../fixtures";

test("[A1][A2] an invited person joins by the link and sees only their projects", async ({
  page,
  demo,
  browser,
  signIn,
  accessible,
}) => {
  await signIn("admin");
  await page.goto("/admin/members");
  await accessible();
  await page.getByRole("button", { name: "Invite" }).click();
  await accessible();
  await page.getByRole("button", { name: "Create link" }).click();
  const link = await page.getByRole("dialog").locator("code").innerText();

  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(link);
  await accessible(other);
  await other.getByLabel("Your name").fill("Release manager");
  await other.getByLabel("E-mail").fill(`release-${Date.now()}@faultline.test`);
  await other.getByLabel("Password").fill("correct horse battery");
  await other.getByRole("button", { name: /join/i }).click();
  await expect(other).toHaveURL(/\/projects$/);
  await accessible(other);
  await expect(other.getByRole("main").getByText("Checkout")).toHaveCount(0);
  const answer = await other.goto(`/projects/${demo.projectId}`);
  expect(answer?.status()).toBe(404);
  await accessible(other);

  // The link worked once.
  await other.context().clearCookies();
  await other.goto(link);
  await expect(other.getByLabel("Your name")).toHaveCount(0);
  await context.close();
});

test("[A1] a wrong password says nothing about the account, and sign-out ends the session", async ({
  page,
  demo,
  accessible,
  signIn,
}) => {
  await page.goto("/projects");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await accessible();
  const words = [];
  for (const email of [demo.users[2]?.email ?? "", `nobody-${Date.now()}@faultline.test`]) {
    await page.goto("/sign-in");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    // Next announces pages in an alert of its own, which is empty.
    const refusal = page.getByRole("alert").filter({ hasText: /\S/ });
    await expect(refusal).toContainText("wrong");
    words.push((await refusal.innerText()).replace(/Request .*/s, ""));
  }
  expect(words[1]).toBe(words[0]);

  await signIn("viewer");
  const cookies = await page.context().cookies();
  await page.getByRole("button", { name: /Product owner/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  // The old cookie is worth nothing any more.
  await page.context().addCookies(cookies);
  await page.goto("/projects");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("[A2] a viewer reads everything and is offered nothing that they may not do", async ({
  page,
  demo,
  signIn,
  accessible,
}) => {
  await signIn("viewer");
  await page.goto(`/projects/${demo.projectId}`);
  await expect(page.getByLabel("JUnit files to import")).toHaveCount(0);
  await accessible();
  await page.goto(`/projects/${demo.projectId}/runs`);
  await page.getByRole("link", { name: /#6/ }).click();
  await expect(page.getByRole("list", { name: "Problems" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Create issue", exact: true })).toHaveCount(0);
  const settings = await page.goto(`/projects/${demo.projectId}/settings/integrations`);
  expect(settings?.status()).toBe(404);
});

test("[A3] an API token is shown once, imports, and ends when it is revoked", async ({
  page,
  demo,
  signIn,
  accessible,
  request,
}) => {
  await signIn("engineer");
  await page.goto("/account/tokens");
  await accessible();
  await page
    .getByRole("button", { name: /(new|make|create) .*token/i })
    .first()
    .click();
  await page.getByLabel("Name").fill("Journey");
  await page.getByLabel(/import/i).check();
  await accessible();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /(make|create) token/i })
    .click();
  const token = await page.getByText(/^flt_/).first().innerText();

  const post = () =>
    request.post(`/api/projects/${demo.projectId}/runs/import`, {
      headers: { authorization: `Bearer ${token}`, "content-type": "application/xml" },
      data: '<testsuite name="api"><testcase name="from CI"/></testsuite>',
    });
  expect((await post()).status()).toBe(200);
  await page.goto("/account/tokens");
  expect(await page.content()).not.toContain(token);
  await page
    .getByRole("button", { name: /revoke/i })
    .first()
    .click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /revoke/i })
    .click();
  await expect(page.getByRole("alertdialog")).toBeHidden();
  expect((await post()).status()).toBe(401);
});
