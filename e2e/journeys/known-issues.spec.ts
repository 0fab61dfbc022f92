import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { fresh, importRun } from "../import-run";
import { reportOf, timeouts, totals } from "../red-run";

const matches = (page: Page) => page.getByRole("region", { name: "Matches in the past" });
const text = (page: Page) => page.getByRole("textbox", { name: "Text" });

test("[J2] a rule is written from a failure, tried on the past, and links what fails from then on", async ({
  page,
  request,
  demo,
  signIn,
  accessible,
}) => {
  const mark = fresh();
  const run = await importRun(request, demo, reportOf([...timeouts(mark, 3), ...totals(mark, 2)]));
  await signIn("lead");
  const settings = `/projects/${demo.projectId}/settings/known-issues`;
  await page.goto(`${run}?view=problems&q=ledger`);
  await page.getByRole("link", { name: "Make a rule of this message" }).click();
  await expect(page).toHaveURL(new RegExp(`${settings}\\?result=`));
  // What one failure said, with its own time: the two others said another.
  await expect(text(page)).toHaveValue(new RegExp(`ledger ${mark} gave no answer within 300\\d\\d ms`));
  await expect(matches(page)).toContainText("1 failure matches in 1 run, 1 problem");
  await expect(matches(page)).toContainText("Of 1 problem only some failures match");

  await text(page).fill(`LEDGER ${mark} gave no`);
  await expect(matches(page)).toContainText("3 failures match in 1 run, 1 problem");
  await expect(matches(page).locator("mark").first()).toHaveText(`ledger ${mark} gave no`);
  await accessible();

  // The issue is named by keyboard; one that is no issue says so.
  const issue = page.getByRole("combobox", { name: "Issue" });
  await issue.fill("no such issue at all");
  await expect(page.getByText("No issue of the project, and no key or address of one.")).toBeVisible();
  await issue.fill("acme/checkout#1");
  await expect(page.getByRole("listbox", { name: "Issues" }).getByRole("option").first()).toBeVisible();
  await accessible();
  await issue.press("Enter");
  const change = page.getByRole("button", { name: "Change the issue, now acme/checkout#1" });
  await expect(change).toBeFocused();

  await page.getByRole("textbox", { name: "Name" }).fill(`Rule ${mark}`);
  await page.getByLabel("Severity").selectOption("High");
  await expect(matches(page)).toContainText("1 problem would be rated High.");
  await page.getByRole("checkbox", { name: /Also link and rate what matched in the past/ }).check();
  await expect(page.getByText("3 failures as of now.")).toBeVisible();
  await page.getByRole("button", { name: "Save rule" }).click();
  const row = page.getByRole("listitem").filter({ hasText: `Rule ${mark}` });
  await expect(row).toContainText("3 failures linked, last");
  await expect(row.getByRole("link")).toContainText("checkout#1");
  await expect(row).toContainText("High severity");
  await accessible();

  await page.goto(await importRun(request, demo, reportOf([...timeouts(mark, 5), ...totals(mark, 2)])));
  const problem = page.locator("[data-group]").filter({ hasText: "TimeoutError" });
  await expect(problem).toContainText("checkout#1");
  await expect(problem.getByRole("img", { name: "Severity: High" })).toBeVisible();
  await problem.click();
  await expect(page.getByText(`by the rule Rule ${mark}`).first()).toBeVisible();
  await expect(page.locator("[data-group]").filter({ hasText: "AssertionError" })).not.toContainText("checkout#1");

  await page.goto(settings);
  await expect(row).toContainText("8 failures linked");
  await row.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("How").selectOption("pattern");
  await page.getByRole("textbox", { name: "Pattern" }).fill(`ledger (${mark}`);
  await expect(page.getByText("This is no valid expression at character 8: missing closing ).")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(row.getByRole("button", { name: "Edit" })).toBeFocused();

  await row.getByRole("switch").click();
  await expect(page.getByText("is off. What it has linked stays linked.")).toBeVisible();
  await row.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("The 8 failures that it has linked stay linked.");
  await accessible();
  await page.getByRole("button", { name: "Delete rule" }).click();
  await expect(row).toHaveCount(0);
});
