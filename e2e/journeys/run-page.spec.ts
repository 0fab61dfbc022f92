import { showResults } from "../failure";
import { expect, test } from "../fixtures";

test.describe("the page of a run", () => {
  test.beforeEach(async ({ page, demo, signIn }) => {
    await signIn("engineer");
    await page.goto(`/projects/${demo.projectId}/runs`);
    await page.getByRole("link", { name: /#6/ }).click();
    await showResults(page);
    await expect(page.getByRole("list", { name: "Results" })).toBeVisible();
  });

  test("[B1] is read by keyboard, and the focus is always somewhere", async ({ page, accessible }) => {
    const focused = page.locator(":focus");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
    await accessible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();

    await page.keyboard.press("j");
    const second = new URL(page.url()).searchParams.get("result");
    await page.keyboard.press("Escape");
    await expect(focused).toHaveAttribute("data-result", second ?? "");
    await page.keyboard.press("j");
    const third = new URL(page.url()).searchParams.get("result");
    expect(third).not.toBe(second);
    await expect(focused).toHaveAttribute("data-result", third ?? "");

    await page.keyboard.press("/");
    await page.keyboard.type("no such result");
    await expect(page.getByText("No result matches")).toBeVisible();
    await page.getByRole("button", { name: "Clear the filter" }).click();
    await expect(page.locator("[data-result]").first()).toBeVisible();
    await expect(page.getByLabel("Filter by suite, name or message")).toHaveValue("");
    // Longer than the field waits before it passes on what was typed.
    await page.waitForTimeout(500);
    expect(new URL(page.url()).searchParams.get("q")).toBeNull();
  });

  test("[B1] on a phone, going back finds the place in the list", async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    const list = page.getByTestId("results");
    await list.evaluate((element) => element.scrollTo(0, 3_000));
    await page.locator("[data-result]").nth(14).click();
    await expect(list).toBeHidden();
    const id = new URL(page.url()).searchParams.get("result");
    const before = await list.evaluate(({ scrollTop }) => scrollTop);
    await page.getByRole("button", { name: "All results" }).click();
    await expect(page.locator(":focus")).toHaveAttribute("data-result", id ?? "");
    expect(await list.evaluate(({ scrollTop }) => scrollTop)).toBe(before);
  });
});

test("[K7] a dialog that opens after a refresh keeps to the policy of the document", async ({ page, signIn }) => {
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await signIn("engineer");
  await page.goto("/account");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Your name is changed.")).toBeVisible();
  await page.getByRole("link", { name: "API tokens" }).first().click();
  await page.getByRole("button", { name: "New token" }).first().click();
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(problems).toEqual([]);
});
