import type { Page } from "@playwright/test";
import { importFailure } from "../failure";
import { expect, test } from "../fixtures";

const dialogOf = (page: Page) => page.getByRole("dialog", { name: "Create issue" });
const issuesOf = (page: Page) => page.getByRole("region", { name: "Issues" });
const chipOf = (page: Page, title: string) => issuesOf(page).getByRole("link", { name: title });

/** Opens the form at the result that is shown; its title. */
async function openForm(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Create issue" }).click();
  await expect(dialogOf(page).getByText("Will be filed as")).toBeVisible();
  return dialogOf(page).getByLabel("Title").inputValue();
}

const createButton = (page: Page) => dialogOf(page).getByRole("button", { name: /^Create/ });

test("[G3] a double click makes one issue", async ({ page, demo, sandbox, signIn }) => {
  await signIn("engineer");
  await importFailure(page, demo.projectId, `is clicked twice ${Date.now()}`);
  const title = await openForm(page);
  await createButton(page).dblclick();
  await expect(chipOf(page, title)).toBeVisible({ timeout: 20_000 });
  expect(await sandbox.issues("acme/checkout", title)).toHaveLength(1);
});

test("[G3] two people on one failure: one issue, and both see it without doing anything", async ({
  page,
  browser,
  demo,
  sandbox,
  signIn,
  accessible,
}) => {
  await signIn("engineer");
  await importFailure(page, demo.projectId, `two people want it ${Date.now()}`);
  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn("lead", other);
  await other.goto(page.url());
  const title = await openForm(page);
  expect(await openForm(other)).toBe(title);

  // Slow enough that the second one asks while the first one's call is on its way.
  await sandbox.fail({ method: "POST", path: "/issues$", mode: "delay", delayMs: 1_500 });
  await Promise.all([createButton(page).click(), createButton(other).click()]);
  await expect(issuesOf(page).getByText(/Queued|Creating/)).toBeVisible();
  await expect(issuesOf(other).getByText(/Queued|Creating/)).toBeVisible();
  await accessible();
  await expect(chipOf(page, title)).toBeVisible({ timeout: 20_000 });
  await expect(chipOf(other, title)).toBeVisible({ timeout: 20_000 });
  expect(await chipOf(other, title).getAttribute("href")).toBe(await chipOf(page, title).getAttribute("href"));
  expect(await sandbox.issues("acme/checkout", title)).toHaveLength(1);
  await context.close();
});

test("[G3] the same form sent from two tabs makes one issue", async ({ page, demo, sandbox, signIn }) => {
  await signIn("engineer");
  await importFailure(page, demo.projectId, `is open in two tabs ${Date.now()}`);
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
  demo,
  sandbox,
  signIn,
  accessible,
}) => {
  await signIn("engineer");
  await importFailure(page, demo.projectId, `meets a broken tracker ${Date.now()}`);
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
