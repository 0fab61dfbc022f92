import { expect, test } from "../fixtures";
import { chipOf, createButton, issuesOf, openForm } from "../issue-form";

test("[G3] a double click makes one issue", async ({ page, sandbox, openFailure }) => {
  await openFailure("is clicked twice");
  const title = await openForm(page);
  await createButton(page).dblclick();
  await expect(chipOf(page, title)).toBeVisible({ timeout: 20_000 });
  expect(await sandbox.issues("acme/checkout", title)).toHaveLength(1);
});

test("[G3] two people on one failure: one issue, and both see it without doing anything", async ({
  page,
  browser,
  sandbox,
  openFailure,
  signIn,
  accessible,
}) => {
  await openFailure("two people want it");
  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn("lead", other);
  await other.goto(page.url());
  const title = await openForm(page);
  expect(await openForm(other)).toBe(title);

  // Slow enough that the second one asks while the first one's call is on its way.
  await sandbox.fail({ method: "POST", path: "/issues$", mode: "delay", delayMs: 1_500 });
  await Promise.all([createButton(page).click(), createButton(other).click()]);
  // One's own asking is shown until the answer says that it is the other's.
  await expect(
    issuesOf(page)
      .getByText(/Queued|Creating/)
      .first(),
  ).toBeVisible();
  await expect(
    issuesOf(other)
      .getByText(/Queued|Creating/)
      .first(),
  ).toBeVisible();
  await accessible();
  await expect(chipOf(page, title)).toBeVisible({ timeout: 20_000 });
  await expect(chipOf(other, title)).toBeVisible({ timeout: 20_000 });
  expect(await chipOf(other, title).getAttribute("href")).toBe(await chipOf(page, title).getAttribute("href"));
  expect(await sandbox.issues("acme/checkout", title)).toHaveLength(1);
  await context.close();
});

test("[G3] the same form sent from two tabs makes one issue", async ({ page, sandbox, openFailure }) => {
  await openFailure("is open in two tabs");
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  const title = await openForm(page);
  await openForm(tab);
  await sandbox.fail({ method: "POST", path: "/issues$", mode: "delay", delayMs: 1_500 });
  await Promise.all([createButton(page).click(), createButton(tab).click()]);
  await expect(chipOf(page, title)).toBeVisible({ timeout: 20_000 });
  await expect(chipOf(tab, title)).toBeVisible({ timeout: 20_000 });
  expect(await sandbox.issues("acme/checkout", title)).toHaveLength(1);
});

test("[G3] after a failure of the tracker the page says by when it knows, and one issue is made", async ({
  page,
  sandbox,
  openFailure,
  accessible,
}) => {
  await openFailure("meets a broken tracker");
  const title = await openForm(page);
  await sandbox.fail({ method: "POST", path: "/issues$", mode: "status", status: 503 });
  await createButton(page).click();
  const issues = issuesOf(page);
  await expect(issues.getByText("Checking…")).toBeVisible();
  await expect(issues.getByText(/knows by \d.*\(in \d+ s\)/)).toBeVisible();
  await accessible();
  await expect(chipOf(page, title)).toBeVisible({ timeout: 45_000 });
  expect(await sandbox.issues("acme/checkout", title)).toHaveLength(1);
});
