import type { Page } from "@playwright/test";
import type { Demo } from "../demo";
import { expect, test } from "../fixtures";

type Facts = { branch: string; commit: string; environment: string; attempt: string };

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** One test of a report: it passes, fails, or passes on a rerun. */
const testOf = (name: string, ended: "passed" | "failed" | "flaky") => {
  const text = `${name} took too long`;
  const inner = {
    passed: "",
    failed: `<failure type="TimeoutError" message="${escaped(text)}">at wait (src/wait.ts:3:1)</failure>`,
    flaky: `<flakyFailure type="TimeoutError" message="${escaped(text)}"/>`,
  };
  return `<testcase classname="shop.CaseTest" name="${escaped(name)}">${inner[ended]}</testcase>`;
};

/** Sends a run as CI does; its id. */
async function send(
  page: Page,
  { apiToken, projectId }: Demo,
  tests: string[],
  facts: Partial<Facts>,
): Promise<string> {
  const query = new URLSearchParams({ run: `cases-${Math.random()}`, ...facts });
  const response = await page.request.post(`/api/projects/${projectId}/runs/import?${query}`, {
    headers: { authorization: `Bearer ${apiToken}`, "content-type": "application/xml" },
    data: `<testsuites><testsuite name="cases">${tests.join("")}</testsuite></testsuites>`,
  });
  expect(response.ok(), await response.text()).toBe(true);
  return (await response.json()).run.id;
}

/** Opens the case of that name, found in the list by it. */
async function openCase(page: Page, { projectId }: Demo, name: string): Promise<void> {
  await page.goto(`/projects/${projectId}/cases`);
  await page.getByLabel("Text").fill(name);
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("list", { name: "Test cases" }).getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** Opens the form; the button may be there before its script is. */
const edit = (page: Page) =>
  expect(async () => {
    const button = page.getByRole("button", { name: "Edit", exact: true });
    if (await button.isVisible()) await button.click();
    await expect(page.getByLabel("Owner")).toBeVisible();
  }).toPass();

const notSideways = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

test("[B1] a case is edited with rich text, owner and tags; a second tab that is behind loses nothing", async ({
  page,
  demo,
  signIn,
  accessible,
  context,
}) => {
  const name = `pays with a voucher ${Date.now()}`;
  await signIn("engineer");
  await send(page, demo, [testOf(name, "failed")], { branch: "main" });
  await openCase(page, demo, name);

  await edit(page);
  const steps = page.getByRole("textbox", { name: "Steps" });
  await steps.click();
  await page.keyboard.type("1. Open the basket");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Enter the voucher");
  await page.getByRole("textbox", { name: "Expected result" }).click();
  await page.keyboard.type("The **total** goes down");
  await page.getByLabel("Owner").fill("Payments team");
  await page.getByLabel("Tags").fill("voucher,slow,");
  await accessible();

  // The second tab starts from the same version.
  const second = await context.newPage();
  await second.goto(page.url());
  await edit(second);
  await second.getByLabel("Owner").fill("Somebody else");
  await second.getByLabel("Component").fill("Basket");

  await page.getByRole("button", { name: "Save test case" }).click();
  await expect(page.getByRole("button", { name: "Edit", exact: true })).toBeFocused();
  await expect(page.getByText("Enter the voucher")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Open the basket" })).toBeVisible();
  await expect(page.getByText("Payments team")).toBeVisible();

  await second.getByRole("button", { name: "Save test case" }).click();
  await expect(second.getByText("Somebody else has changed this test case while you were editing")).toBeVisible();
  await expect(second.getByLabel("Owner")).toHaveValue("Somebody else");
  await expect(second.getByLabel("Component")).toHaveValue("Basket");
  await expect(second.getByRole("textbox", { name: "Steps" })).toContainText("Enter the voucher");
  await accessible(second);
  // What was typed outlives a reload of the tab.
  second.on("dialog", (dialog) => void dialog.accept());
  await second.reload();
  await expect(second.getByLabel("Component")).toHaveValue("Basket");
  await second.getByLabel("Owner").fill("Payments team");
  await second.getByRole("button", { name: "Save test case" }).click();
  await expect(second.getByRole("button", { name: "Edit", exact: true })).toBeVisible();
  await expect(second.getByText("Basket", { exact: true })).toBeVisible();
  await expect(second.getByText("Enter the voucher")).toBeVisible();
  await second.close();

  // The list finds it by what was written.
  await page.goto(`/projects/${demo.projectId}/cases?q=${encodeURIComponent("payments team")}`);
  await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
  await accessible();
});

test("[B5] a case shows its history, how flaky it is with the evidence, and is read by keyboard", async ({
  page,
  demo,
  signIn,
  accessible,
}) => {
  const name = `waits for the stock ${Date.now()}`;
  const commit = "c0ffee1234567890";
  await signIn("engineer");
  for (const ended of ["passed", "failed", "flaky", "passed"] as const)
    await send(page, demo, [testOf(name, ended)], { branch: "main", commit, environment: "chrome" });
  const last = await send(page, demo, [testOf(name, "failed")], { branch: "main", commit, environment: "firefox" });

  await page.goto(`/projects/${demo.projectId}/cases?state=flaky&q=${encodeURIComponent(name)}`);
  await page.getByRole("link", { name, exact: true }).click();
  const matrix = page.getByRole("table");
  await expect(matrix.getByRole("rowheader")).toHaveText(["chrome", "firefox"]);
  await expect(matrix.getByRole("link", { name: /^Failed in run/ })).toHaveCount(2);
  await expect(page.getByRole("heading", { name: "Last failure" })).toBeVisible();
  const evidence = page.getByRole("list", { name: "Evidence" });
  await expect(evidence.getByText("Passed on a rerun in run")).toHaveCount(1);
  await expect(evidence.getByText(/both of the same commit c0ffee1/)).toHaveCount(2);

  // One stop of the tab key, and from there by arrows.
  const focused = page.locator(":focus");
  await matrix.locator('a[tabindex="0"]').focus();
  await expect(page.getByTestId("told")).toContainText("Passed");
  await page.keyboard.press("ArrowLeft");
  await expect(focused).toHaveAccessibleName(/^Flaky in run #\d+, chrome$/);
  await expect(page.getByTestId("told")).toContainText("Flaky");
  await page.keyboard.press("End");
  await expect(focused).toHaveAccessibleName(/^Passed in run/);

  await accessible();
  await page.setViewportSize({ width: 360, height: 740 });
  await notSideways(page);
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByRole("list", { name: "Problems of this case" }).getByRole("link").first().click();
  await expect(page).toHaveURL(new RegExp(`/runs/${last}\\?group=`));
});

test("[B7] a case is given a severity and an assessment, with their history", async ({
  page,
  demo,
  signIn,
  accessible,
}) => {
  const name = `refunds twice ${Date.now()}`;
  await signIn("engineer");
  await send(page, demo, [testOf(name, "failed")], { branch: "main" });
  await openCase(page, demo, name);
  await page.getByRole("button", { name: "Medium severity" }).click();
  await page.getByRole("menuitem", { name: "Critical" }).click();
  await expect(page.getByText("set by hand")).toBeVisible();
  await page.getByRole("button", { name: "Assess…" }).click();
  await page.getByRole("radio", { name: /^False positive/ }).check();
  await page.getByLabel("Reason").fill("The test waits for the wrong page.");
  await accessible();
  await page.getByRole("dialog").getByRole("button", { name: "Assess" }).click();
  await expect(page.getByText("False positive", { exact: true }).first()).toBeVisible();
  await page.locator("summary", { hasText: "History" }).click();
  await expect(
    page.getByRole("list", { name: "History of severity and assessment" }).getByRole("listitem"),
  ).toHaveCount(2);
});

test("[B7] a tag that a person gives a case says how severe it is, and the page says so", async ({
  page,
  demo,
  signIn,
}) => {
  const name = `ships late ${Date.now()}`;
  await signIn("engineer");
  await send(page, demo, [testOf(name, "failed")], { branch: "main" });
  await openCase(page, demo, name);
  await expect(page.getByText("set by default")).toBeVisible();
  await edit(page);
  await page.getByLabel("Tags").fill("severity:high,");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("set by a tag of the test (severity:high)")).toBeVisible();
  await expect(page.getByRole("button", { name: "High severity" })).toBeVisible();
});

test("[B8] two runs are compared: new, fixed, still failing, flaky and not run any more", async ({
  page,
  demo,
  signIn,
  accessible,
}) => {
  const mark = Date.now();
  const branch = `topic-${mark}`;
  await signIn("engineer");
  const tests = (ends: Record<string, "passed" | "failed" | "flaky">) =>
    Object.entries(ends).map(([name, ended]) => testOf(`${name} ${mark}`, ended));
  await send(page, demo, tests({ breaks: "passed", mends: "failed", stays: "failed", goes: "failed" }), { branch });
  const head = await send(page, demo, tests({ breaks: "failed", mends: "passed", stays: "failed", wobbles: "flaky" }), {
    branch,
    attempt: "2",
  });

  await page.goto(`/projects/${demo.projectId}/runs?branch=${branch}`);
  await expect(page.getByRole("link", { name: /attempt 2/ })).toContainText(/[12] problems?/);
  await page.goto(`/projects/${demo.projectId}/runs/${head}`);
  await page.getByRole("link", { name: "Compare" }).click();
  const lists = {
    "New failures": "breaks",
    "Still failing": "stays",
    Flaky: "wobbles",
    Fixed: "mends",
    "Not run any more": "goes",
  };
  for (const [title, name] of Object.entries(lists)) {
    await page.getByRole("navigation", { name: "What changed" }).getByRole("link", { name: title }).click();
    await expect(page.getByRole("list", { name: title }).getByRole("link", { name: `${name} ${mark}` })).toBeVisible();
    await expect(page.getByRole("list", { name: title }).locator("> li")).toHaveCount(1);
  }
  await accessible();
  await page.setViewportSize({ width: 360, height: 740 });
  await notSideways(page);

  // Another base, found by its branch; the head stays.
  await page.getByRole("button", { name: /^Base:/ }).click();
  await page.getByLabel("Branch").fill("main");
  await page.getByRole("list", { name: "Runs" }).getByRole("button").first().click();
  await expect(page.getByRole("button", { name: /^Base: run/ })).toContainText("main");
  await accessible();
});
