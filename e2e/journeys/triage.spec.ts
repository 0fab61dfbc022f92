import type { APIRequestContext, Page } from "@playwright/test";
import type { Demo } from "../demo";
import { expect, test } from "../fixtures";
import { fresh, importRun } from "../import-run";
import { flakyClicks, reportOf, timeouts, totals } from "../red-run";

/** A red run: timeouts that the run before had too, totals that are new, and clicks that passed the second time. */
async function importRedRun(request: APIRequestContext, demo: Demo): Promise<string> {
  const mark = fresh();
  await importRun(request, demo, reportOf(timeouts(mark, 3)));
  return importRun(request, demo, reportOf([...timeouts(mark), ...totals(mark), ...flakyClicks(mark)]));
}

const rows = (page: Page) => page.locator("[data-group]");
const openRow = (page: Page) => page.locator("[data-group][aria-current]");
const heading = (page: Page) => page.getByTestId("problems").getByRole("heading");
const undo = (page: Page) => page.getByRole("button", { name: "Undo", exact: true });
const groupOf = (page: Page) => new URL(page.url()).searchParams.get("group");

test.describe("a red run", () => {
  let run: string;

  test.beforeEach(async ({ page, request, demo, signIn }) => {
    run = await importRedRun(request, demo);
    await signIn("engineer");
    await page.goto(run);
    await expect(rows(page)).toHaveCount(3);
  });

  test("[J1] [J4] is a few problems, and what is flaky stands apart", async ({ page, accessible }) => {
    await expect(page.getByText("27 failures · 2 problems · 1 new · 1 known · 1 flaky")).toBeVisible();
    const told = (await rows(page).allInnerTexts()).map((text) => text.replace(/\s+/g, " "));
    expect(told[0]).toMatch(/^NEW \w+AssertionError: .*<number>.* 3 failures · 1 suite · first seen in this run/);
    expect(told[1]).toMatch(/^\w+TimeoutError: .* 24 failures · 3 suites · first seen/);
    expect(told[2]).toMatch(/^NEW \w+StaleElementException: .* 2 flaky results/);
    await expect(heading(page)).toHaveText(/Flaky 1/);
    await expect(page.getByRole("list", { name: "Failures of this problem" }).getByRole("link")).toHaveCount(3);
    await accessible();

    await page.getByText("Why together?").click();
    await expect(page.getByRole("list", { name: "Fingerprints" })).toContainText("The problem began with it");
    await accessible();
    await page.getByRole("button", { name: /^Flaky/ }).click();
    await expect(rows(page)).toHaveCount(1);
    await page.getByRole("link", { name: "Results" }).first().click();
    await expect(page.getByRole("list", { name: "Results" })).toBeVisible();
    await page.goBack();
    await expect(rows(page)).toHaveCount(1);
  });

  test("[J1] is read by keyboard, and a failure leads back to its problem", async ({ page, accessible }) => {
    const focused = page.locator(":focus");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keys" })).toContainText("Merge the selected problems");
    await accessible();
    await page.keyboard.press("Escape");

    await page.keyboard.press("j");
    await expect(openRow(page)).toContainText("TimeoutError");
    await page.keyboard.press("Escape");
    await expect(focused).toHaveAttribute("data-group", groupOf(page) ?? "");
    await page.keyboard.press("k");
    await expect(focused).toContainText("AssertionError");
    await page.keyboard.press("j");

    const failures = page.getByRole("list", { name: "Failures of this problem" }).getByRole("link");
    await failures.nth(2).press("Enter");
    await expect(page.getByRole("button", { name: "Back to the problem" })).toBeVisible();
    await expect(page.getByRole("heading", { name: /waits for the ledger/ })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("heading", { name: /TimeoutError/, level: 2 })).toBeVisible();

    await page.keyboard.press("/");
    await page.keyboard.type("no such problem");
    await expect(page.getByText("No problem matches")).toBeVisible();
    await page.getByRole("button", { name: "Clear the filter" }).click();
    await expect(rows(page)).toHaveCount(3);
  });

  test("[J1] is merged and told apart by keyboard, and put back", async ({ page, accessible }) => {
    await page.keyboard.press("j");
    const away = groupOf(page);
    await page.keyboard.press("x");
    await page.keyboard.press("Shift+K");
    await expect(page.getByText("2 selected")).toBeVisible();
    await page.keyboard.press("Shift+M");
    const dialog = page.getByRole("dialog", { name: "Merge 2 problems" });
    await expect(dialog.getByRole("button", { name: "Merge" })).toBeFocused();
    await expect(dialog).toContainText("27 failures in this run, together");
    await accessible();
    // The older one stays, unless somebody says otherwise.
    await expect(dialog.getByRole("radio", { name: /TimeoutError/ })).toBeChecked();
    await dialog.getByRole("radio", { name: /AssertionError/ }).check();
    await dialog.getByRole("button", { name: "Merge" }).press("Enter");
    await expect(page.getByText("Merged 2 problems into one.")).toBeVisible();
    await expect(rows(page)).toHaveCount(2);
    await expect(rows(page).first()).toContainText("27 failures");

    // Whoever has the address of the other one is led on.
    const into = groupOf(page);
    await page.goto(`${run}?group=${away}`);
    await expect(page).toHaveURL(new RegExp(`group=${into}`));
    await page.getByText(/^History/).press("Enter");
    await expect(page.getByRole("list", { name: "History" })).toContainText("merged into this one");
    await page.getByRole("list", { name: "History" }).getByRole("button", { name: "Undo" }).press("Enter");
    await expect(rows(page)).toHaveCount(3);

    await page.goto(run);
    await expect(openRow(page)).toContainText("AssertionError");
    await page.getByText(/^Why together/).press("Enter");
    await page.getByRole("button", { name: "Tell apart by…" }).press("Enter");
    await expect(page.getByRole("menuitem").first()).toContainText(/100, /);
    await accessible();
    await page.getByRole("menuitem").first().press("Enter");
    await expect(page.getByText("Told apart: now 3 problems.")).toBeVisible();
    await expect(rows(page)).toHaveCount(5);
    await page.keyboard.press("u");
    await expect(page.getByText("Undone: the problems are as they were.")).toBeVisible();
    await expect(rows(page)).toHaveCount(3);
    await expect(rows(page).first()).toContainText("3 failures");
  });

  test("[B7] what the server refuses is as it was before, and says why", async ({ page }) => {
    const detail = "Somebody has merged it meanwhile.";
    await page.route("**/groups/assess", (route) =>
      route.fulfill({ status: 409, json: { kind: "conflict", title: "Conflict", detail, status: 409, requestId: "" } }),
    );
    await page.keyboard.press("m");
    await expect(page.getByText(detail)).toBeVisible();
    await expect(rows(page)).toHaveCount(3);
    await expect(page.getByRole("button", { name: /^Muted or assessed away/ })).toHaveCount(0);
  });

  test("[B7] is muted, rated and assessed, and tells by whom and why", async ({ page, accessible }) => {
    await page.keyboard.press("m");
    await expect(rows(page)).toHaveCount(2);
    const fold = page.getByRole("button", { name: /^Muted or assessed away/ });
    await expect(fold).toHaveText(/1$/);
    await expect(page.getByText(/1 muted or assessed away$/)).toBeVisible();
    await fold.click();
    await expect(rows(page).last()).toContainText("Muted · 3 failures");
    await accessible();
    await undo(page).click();
    await expect(fold).toBeHidden();
    await expect(rows(page)).toHaveCount(3);

    await page.keyboard.press("s");
    // At its first use the menu is on its way for a moment.
    await expect(page.getByRole("menu")).toBeVisible();
    await page.keyboard.press("h");
    await page.keyboard.press("Enter");
    await expect(rows(page).first().getByRole("img", { name: "Severity: High" })).toBeVisible();
    await expect(page.getByText(/^by QA engineer/)).toBeVisible();

    await page.getByRole("button", { name: "Assess…" }).click();
    const dialog = page.getByRole("dialog", { name: "Assess this problem" });
    await dialog.getByText("False positive").click();
    await dialog.getByLabel("Reason").fill("The fixture is off by one");
    await accessible();
    await dialog.getByRole("button", { name: "Assess" }).click();
    await expect(dialog).toBeHidden();
    await page.getByText(/^History/).press("Enter");
    const history = page.getByRole("list", { name: "History" }).getByRole("listitem");
    await expect(history.first()).toContainText(/Active → False positive\s*“The fixture is off by one”\s*QA engineer/);
    await expect(page.getByRole("list", { name: "History" })).toContainText("Severity Medium → High");
  });

  for (const colorScheme of ["light", "dark"] as const)
    test(`[J1] fits a phone (${colorScheme})`, async ({ page, accessible }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 360, height: 740 });
      await accessible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      await rows(page).nth(1).click();
      await expect(page.getByRole("heading", { name: /TimeoutError/, level: 2 })).toBeVisible();
      await expect(page.getByTestId("problems")).toBeHidden();
      await accessible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      await page.getByRole("button", { name: "All problems" }).click();
      await expect(page.getByTestId("problems")).toBeVisible();
      await expect(page.locator(":focus")).toContainText("TimeoutError");
    });
});

test("[J1] [A2] a viewer reads the problems and is offered nothing that they may not do", async ({
  page,
  request,
  demo,
  signIn,
  accessible,
}) => {
  const run = await importRedRun(request, demo);
  await signIn("viewer");
  await page.goto(run);
  await expect(rows(page)).toHaveCount(3);
  for (const name of ["Create issue", "Create issues…", "Link", "Mute", "Assess…"])
    await expect(page.getByRole("button", { name }), name).toHaveCount(0);
  await expect(page.getByTestId("problems").getByRole("checkbox")).toHaveCount(0);
  await page.keyboard.press("x");
  await page.keyboard.press("m");
  await expect(rows(page)).toHaveCount(3);
  await page.getByText("Why together?").click();
  await expect(page.getByRole("list", { name: "Fingerprints" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Tell apart by…" })).toHaveCount(0);
  await accessible();
});
