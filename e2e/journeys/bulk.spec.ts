import type { APIRequestContext, Page } from "@playwright/test";
import type { Demo } from "../demo";
import { expect, test } from "../fixtures";
import { fresh, importRun } from "../import-run";
import { flakyClicks, reportOf, timeouts, totals } from "../red-run";

const posted = { method: "POST", path: "/issues$" };

/** A run of three problems and one that only flakes; the words by which the sandbox knows two of the three. */
async function importNight(request: APIRequestContext, demo: Demo) {
  const [mark, other] = [fresh(), fresh()];
  const report = reportOf([...timeouts(mark), ...totals(mark), ...timeouts(other, 6), ...flakyClicks(mark)]);
  return {
    run: await importRun(request, demo, report),
    cart: `cart ${mark}`,
    ledger: `ledger ${other}`,
    marks: [mark, other],
  };
}

const dialogOf = (page: Page) => page.getByRole("dialog", { name: "Create issues" });
const plan = (page: Page) => dialogOf(page).getByRole("region", { name: "What will happen" });
const items = (page: Page) => page.getByRole("list", { name: "Issues of this job" }).getByRole("listitem");
const standing = (page: Page) => page.getByRole("progressbar", { name: "Issues" });
const bulkPage = /\/bulk\/[0-9a-f-]{36}$/;

/** What was told in passing has gone again: while it goes its words are faint, and under the pointer it stays. */
async function toldAll(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await expect(page.locator("[data-sonner-toast]")).toHaveCount(0, { timeout: 15_000 });
}

/** Fits the window, and nothing stands in anybody's way. */
async function expectFit(page: Page, accessible: () => Promise<void>): Promise<void> {
  const width = page.viewportSize()?.width;
  await toldAll(page);
  await accessible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
}

test("[G6] chosen problems become an issue each, and what the tracker refuses is tried again alone", async ({
  page,
  request,
  demo,
  sandbox,
  signIn,
  accessible,
}) => {
  test.setTimeout(120_000);
  const { run, cart, ledger } = await importNight(request, demo);
  await signIn("engineer");
  await page.goto(run);
  await expect(page.locator("[data-group]")).toHaveCount(4);

  await page.keyboard.press("x");
  await page.keyboard.press("Shift+J");
  await page.keyboard.press("Shift+J");
  await expect(page.getByText("3 selected")).toBeVisible();
  const current = await page.locator("[data-group][aria-current]").getAttribute("data-group");
  await page.keyboard.press("c");
  await expect(dialogOf(page)).toContainText("33 failures, 3 problems selected");
  await expect(dialogOf(page).getByRole("radio", { name: /One issue per problem/ })).toBeChecked();
  await expect(plan(page)).toContainText("3 issues in acme/checkout, for 3 problems with 33 failures.");
  await expect(plan(page)).toContainText(/It takes (a few seconds|about)/);
  await expect(plan(page)).toContainText(/It needs 3 of the [\d,]+ calls left/);
  await accessible();

  // What a way would do is told before it is gone.
  await dialogOf(page)
    .getByRole("radio", { name: /One issue for all/ })
    .press("Space");
  await expect(plan(page)).toContainText("1 issue in acme/checkout");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(dialogOf(page).getByRole("button", { name: /^Create 3 issues/ })).toBeEnabled();

  const message = "Validation Failed: a bot has looked at it";
  await sandbox.fail({ ...posted, sent: cart, mode: "status", status: 422, body: JSON.stringify({ message }) });
  // Long enough that somebody can look at it while it is under way.
  await sandbox.fail({ ...posted, sent: ledger, mode: "delay", delayMs: 4_000 });
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(dialogOf(page)).toBeHidden();
  await expect(page.locator(":focus")).toHaveAttribute("data-group", current ?? "");
  await page.getByRole("link", { name: /^Creating 3 issues…/ }).press("Enter");
  await expect(page).toHaveURL(bulkPage);
  const address = page.url();
  await expect(page.getByRole("heading", { name: /^3 issues from run #\d+/ })).toBeVisible();
  await expect(items(page)).toHaveCount(3);
  await expect(standing(page)).toHaveAttribute("aria-valuetext", /of 3 issues so far/);
  await toldAll(page);
  await accessible();

  // It goes on without anybody who looks at it.
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: /^#\d+/ }).click();
  await page.getByRole("link", { name: "1 of 3 issues failed" }).click({ timeout: 30_000 });
  await expect(page).toHaveURL(address);
  await expect(standing(page)).toHaveAttribute("aria-valuetext", "2 of 3 issues created · 1 failed");
  await toldAll(page);
  await accessible();
  await page.getByRole("button", { name: /^Failed 1/ }).click();
  await expect(items(page)).toHaveCount(1);
  await expect(items(page)).toContainText(/AssertionError/);
  await expect(items(page)).toContainText(/a bot has looked at it/);

  await page.getByRole("button", { name: "Retry 1 failed" }).press("Enter");
  await expect(standing(page)).toHaveAttribute("aria-valuetext", "3 of 3 issues created", { timeout: 30_000 });
  await expect(items(page)).toHaveCount(3);
  await expect(items(page).getByRole("link", { name: /#\d+$/ })).toHaveCount(3);
  await expect(page.getByRole("button", { name: /^Retry|^Cancel/ })).toHaveCount(0);
  await toldAll(page);
  await accessible();

  const titles = await items(page).getByRole("link").filter({ hasNotText: /#\d+$/ }).allInnerTexts();
  expect(titles).toHaveLength(3);
  for (const title of titles) expect(await sandbox.issues("acme/checkout", title), title).toHaveLength(1);
  await items(page).first().getByRole("link").first().click();
  await expect(page).toHaveURL(/\?group=/);
  await expect(page.getByRole("region", { name: "Issues" }).getByRole("link", { name: /#\d+/ })).toBeVisible();
});

test("[G6] the rest of a job is cancelled: what is there stays, nothing more is made", async ({
  page,
  request,
  demo,
  sandbox,
  signIn,
  accessible,
}) => {
  const { run, marks } = await importNight(request, demo);
  await signIn("engineer");
  await page.goto(run);
  await page.getByRole("button", { name: "Create issues…" }).click();
  await dialogOf(page)
    .getByRole("radio", { name: /One issue per failure/ })
    .check();
  await expect(plan(page)).toContainText("2 failures passed when run again: flaky, left out.");
  await sandbox.fail({ ...posted, mode: "delay", delayMs: 2_000, times: "always" });
  await dialogOf(page).getByRole("button", { name: "Create 33 issues" }).click();
  await page.getByRole("button", { name: "Show progress" }).click();
  await expect(page).toHaveURL(bulkPage);
  await expect(page.getByRole("button", { name: /^Created [1-9]/ })).toBeVisible({ timeout: 20_000 });
  await page.getByRole("button", { name: "Cancel the rest" }).press("Enter");
  const question = page.getByRole("alertdialog", { name: "Cancel what is left of 33 issues?" });
  await expect(question).toContainText(/there already stays?\./);
  await accessible();
  await question.getByRole("button", { name: "Cancel the rest" }).press("Enter");
  await expect(page.getByRole("button", { name: /^Cancelled [1-9]/ })).toBeVisible();
  await expect(page.getByText(/cancelled by QA engineer/)).toBeVisible();
  await expect(standing(page)).toHaveAttribute("aria-valuetext", /^\d+ of 33 issues created · \d+ cancelled$/, {
    timeout: 20_000,
  });
  await expect(page.getByRole("button", { name: /^Retry|^Cancel the rest/ })).toHaveCount(0);
  await sandbox.clear();
  const told = Number((await standing(page).getAttribute("aria-valuetext"))?.match(/^\d+/)?.[0]);
  const there = await sandbox.issues("acme/checkout");
  expect(there.filter(({ title }) => marks.some((mark) => title.includes(mark)))).toHaveLength(told);
});

for (const colorScheme of ["light", "dark"] as const)
  test(`[G6] fits a phone (${colorScheme}), and a viewer only looks`, async ({
    page,
    browser,
    request,
    demo,
    signIn,
    accessible,
  }) => {
    const { run } = await importNight(request, demo);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    await signIn("engineer");
    await page.goto(run);
    await page.getByRole("button", { name: "Create issues…" }).click();
    await expect(plan(page)).toContainText("3 issues in acme/checkout");
    await expect(plan(page)).toContainText("1 problem passed when run again: flaky, left out.");
    await expectFit(page, accessible);
    await dialogOf(page).getByRole("button", { name: "Create 3 issues" }).click();
    await page.getByRole("button", { name: "Show progress" }).click();
    await expect(page).toHaveURL(bulkPage);
    await expect(items(page)).toHaveCount(3);
    await expectFit(page, accessible);
    await expect(standing(page)).toHaveAttribute("aria-valuetext", "3 of 3 issues created", { timeout: 30_000 });
    await expectFit(page, accessible);

    const context = await browser.newContext({ colorScheme });
    const theirs = await context.newPage();
    await signIn("viewer", theirs);
    await theirs.goto(page.url());
    await expect(items(theirs)).toHaveCount(3);
    await expect(theirs.getByRole("button", { name: /^Retry|^Cancel/ })).toHaveCount(0);
    await accessible(theirs);
    await theirs.goto(run);
    await expect(theirs.locator("[data-group]")).toHaveCount(4);
    await expect(theirs.getByRole("button", { name: "Create issues…" })).toHaveCount(0);
    await context.close();
  });
