import { expect, test } from "../fixtures";
import { dialogOf, issuesOf, openForm, send } from "../issue-form";

const posted = { method: "POST", path: "/issues$" };

test("[G2][G11] what the tracker says of a field stands at the field, there and then and after a reload", async ({
  page,
  sandbox,
  openFailure,
  accessible,
}) => {
  const title = `Refused ${Date.now()}`;
  await openFailure("has a bad title");
  await openForm(page);
  await sandbox.fail({
    ...posted,
    mode: "status",
    status: 422,
    body: JSON.stringify({
      message: "Validation Failed",
      errors: [{ resource: "Issue", field: "title", code: "custom", message: "is on the list of bad words" }],
    }),
  });
  await send(page, title);
  const dialog = dialogOf(page);
  await expect(dialog.getByText("is on the list of bad words")).toBeVisible({ timeout: 20_000 });
  await expect(dialog.getByLabel("Title")).toHaveValue(title);
  await expect(dialog.getByLabel("Title")).toHaveAttribute("aria-invalid", "true");
  await accessible();

  await page.reload();
  const issues = issuesOf(page);
  await expect(issues.getByText("Not created")).toBeVisible();
  await expect(issues.getByText("is on the list of bad words")).toBeVisible();
  // The tracker's own form, with what was typed.
  const there = issues.getByRole("link", { name: /File it there yourself/ });
  await expect(there).toHaveAttribute(
    "href",
    new RegExp(`/acme/checkout/issues/new\\?title=${title.replace(" ", "\\+")}`),
  );
  await accessible();
  await issues.getByRole("button", { name: "Edit" }).click();
  await expect(dialog.getByLabel("Title")).toHaveValue(title);
  await expect(dialog.getByText("is on the list of bad words")).toBeVisible();
  await send(page, `${title} again`);
  await expect(issues.getByRole("link", { name: `${title} again` })).toBeVisible({ timeout: 20_000 });
  expect(await sandbox.issues("acme/checkout", `${title} again`)).toHaveLength(1);
});

test("[G11] a rate limit is waited for in sight; an edit meanwhile is what is sent, once", async ({
  page,
  sandbox,
  openFailure,
  accessible,
}) => {
  test.setTimeout(120_000);
  const title = `Slow down ${Date.now()}`;
  const name = await openFailure("comes too often");
  await openForm(page);
  await sandbox.fail({ ...posted, mode: "status", status: 429, headers: { "retry-after": "30" }, body: "{}" });
  await send(page, title);
  const issues = issuesOf(page);
  await expect(issues.getByText("Waiting")).toBeVisible({ timeout: 20_000 });
  await expect(issues.getByText(/goes on by itself at \d.*\(in \d+ s\)/)).toBeVisible();
  await accessible();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.reload();
  // On a phone the list is shown, and the result beside it is there unseen.
  await page.getByText(name).filter({ visible: true }).first().click();
  await expect(issues.getByText("Waiting")).toBeVisible();
  await accessible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);

  await issues.getByRole("button", { name: "Edit" }).click();
  await expect(dialogOf(page).getByLabel("Title")).toHaveValue(title);
  await send(page, `${title}, edited`);
  await expect(issues.getByRole("link", { name: `${title}, edited` })).toBeVisible({ timeout: 60_000 });
  expect(await sandbox.issues("acme/checkout", title)).toHaveLength(0);
  expect(await sandbox.issues("acme/checkout", `${title}, edited`)).toHaveLength(1);
});

test("[G3][G11] who files it there themselves lets go of it first: one issue, also when the limit is over", async ({
  page,
  sandbox,
  openFailure,
  accessible,
}) => {
  const title = `By hand ${Date.now()}`;
  await openFailure("is filed by hand");
  await openForm(page);
  const limitSeconds = 15;
  const headers = { "retry-after": String(limitSeconds) };
  await sandbox.fail({ ...posted, mode: "status", status: 429, headers, body: "{}" });
  await send(page, title);
  const issues = issuesOf(page);
  await expect(issues.getByText("Waiting")).toBeVisible({ timeout: 20_000 });
  const overAt = Date.now() + limitSeconds * 1_000;
  await issues.getByRole("button", { name: "File it there yourself" }).click();
  await accessible();
  const opened = page.waitForEvent("popup");
  await page.getByRole("button", { name: "Let go and open acme/checkout" }).click();
  const there = await opened;
  await expect(there).toHaveURL(/\/acme\/checkout\/issues\/new\?/);
  const form = new URL(there.url()).searchParams;
  await there.close();
  await sandbox.file("acme/checkout", { title: form.get("title") ?? "", body: form.get("body") ?? "" });
  await expect(issues.getByText("Waiting")).toBeHidden();
  await accessible();
  // Beyond the moment at which it would have gone on.
  await page.waitForTimeout(Math.max(0, overAt - Date.now()) + 5_000);
  expect(await sandbox.issues("acme/checkout", title)).toHaveLength(1);
  await page.getByRole("button", { name: "Create issue", exact: true }).click();
  await expect(dialogOf(page).getByLabel("Title")).toHaveValue(title);
});

test("[G11] dismissed, the row goes and the draft stays", async ({ page, sandbox, openFailure }) => {
  const title = `Let go of ${Date.now()}`;
  await openFailure("is dismissed");
  await openForm(page);
  await sandbox.fail({
    ...posted,
    mode: "status",
    status: 410,
    body: JSON.stringify({ message: "Issues are disabled" }),
  });
  await send(page, title);
  await expect(dialogOf(page).getByText(/Issues are disabled/)).toBeVisible({ timeout: 20_000 });
  await dialogOf(page).getByRole("button", { name: "Cancel" }).click();
  await issuesOf(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(issuesOf(page).getByText("Not created")).toBeHidden();
  await openForm(page);
  await expect(dialogOf(page).getByLabel("Title")).toHaveValue(title);
});

test("[G11][F4] a refused credential: the draft waits, an administrator is told, and a new token sends it", async ({
  page,
  browser,
  demo,
  sandbox,
  openFailure,
  signIn,
  accessible,
}) => {
  test.setTimeout(150_000);
  const title = `Waits for a token ${Date.now()}`;
  await openFailure("has no credential");
  await openForm(page);
  await sandbox.fail({ ...posted, mode: "status", status: 401, body: JSON.stringify({ message: "Bad credentials" }) });
  await send(page, title);
  const issues = issuesOf(page);
  await expect(issues.getByText(/An administrator of the workspace has to mend this/)).toBeVisible({ timeout: 20_000 });
  await accessible();

  const context = await browser.newContext();
  const admin = await context.newPage();
  await signIn("admin", admin);
  await admin.goto(page.url());
  await issuesOf(admin).getByRole("link", { name: "Mend the integration" }).click();
  await expect(admin).toHaveURL(/\/admin\/integrations\//);
  const [integration] = demo.integrations;
  const mended = await admin.request.put(`/api/integrations/${integration?.id}`, {
    headers: { origin: new URL(demo.url).origin },
    data: { credential: { token: demo.sandbox.github.token } },
  });
  expect(mended.ok(), await mended.text()).toBe(true);
  await context.close();
  // Within a minute, by the sweep.
  await expect(issues.getByRole("link", { name: title })).toBeVisible({ timeout: 90_000 });
  expect(await sandbox.issues("acme/checkout", title)).toHaveLength(1);
});

test("[G2][G11] what was typed a moment before a reload, or before going back, is still there", async ({
  page,
  openFailure,
}) => {
  await openFailure("is interrupted");
  const title = dialogOf(page).getByLabel("Title");
  await openForm(page);
  await title.fill("Typed and reloaded at once");
  await page.reload();
  await openForm(page);
  await expect(title).toHaveValue("Typed and reloaded at once");
  await expect(dialogOf(page).getByText("Saved")).toBeVisible();

  await title.fill("Typed and gone back at once");
  await page.goBack();
  await expect(dialogOf(page)).toBeHidden();
  await page.goForward();
  await openForm(page);
  await expect(title).toHaveValue("Typed and gone back at once");
});
