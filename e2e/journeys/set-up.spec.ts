import { expect, test } from "../fixtures";

test("[D1][D2][D3][D4][E1][E2][E3] an administrator adds GitHub, tests it, and a project uses it", async ({
  page,
  demo,
  signIn,
  accessible,
}) => {
  const stamp = Date.now();
  const { url, token } = demo.sandbox.github;
  await signIn("admin");
  await page.goto("/admin/integrations");
  await accessible();
  await page.getByRole("link", { name: "Add integration" }).click();
  await page.getByLabel("Name").fill(`Second GitHub ${stamp}`);
  await page
    .getByLabel(/address|location/i)
    .first()
    .fill(url);
  await page.getByLabel(/token/i).fill("ghp_wrong");
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /\S/ }).first()).toBeVisible();
  await accessible();

  await page.getByLabel(/token/i).fill(token);
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("qa-bot").first()).toBeVisible();
  await accessible();
  await page.getByRole("button", { name: "Add integration" }).click();
  await expect(page).toHaveURL(/\/admin\/integrations\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { name: `Second GitHub ${stamp}` })).toBeVisible();
  await accessible();
  // Nobody reads the secret back.
  await page.goto(`${page.url()}/settings`);
  expect(await page.content()).not.toContain(token);
  await accessible();

  await page.goto("/projects/new");
  await accessible();
  await page.getByLabel("Name").fill(`Payments ${stamp}`);
  await page.getByRole("button", { name: /create project/i }).click();
  await expect(page).toHaveURL(/\/projects\/[0-9a-f-]{36}$/);
  await page.goto(`${page.url()}/settings/integrations`);
  await accessible();
  await page.getByRole("button", { name: "Assign integration" }).click();
  await page.getByRole("menuitem", { name: new RegExp(`Second GitHub ${stamp}`) }).click();
  await page.getByRole("combobox", { name: /find a repository/i }).fill("acme/payments");
  await page.getByRole("combobox", { name: /find a repository/i }).press("Enter");
  await expect(page.getByRole("link", { name: /acme\/payments/ })).toBeVisible();
  await accessible();
});
