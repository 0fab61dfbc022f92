import type { Locator, Page } from "@playwright/test";
import { hearsKeys } from "../failure";
import { expect, test } from "../fixtures";
import { fresh, importRun } from "../import-run";
import { chipOf, createButton, dialogOf } from "../issue-form";
import { reportOf, totals } from "../red-run";

/** What a tracker asks for besides the title, where it asks for something. */
const filled: Record<string, (form: Locator, page: Page) => Promise<void>> = {
  "jira-cloud": fillJira,
  "jira-dc": fillJira,
  "azure-devops": async (form) => {
    await form.getByLabel(/^Environment( \*)?$/).selectOption({ index: 1 });
  },
};

/** A custom select, a person and a day: all of them required. */
async function fillJira(form: Locator, page: Page): Promise<void> {
  await form.getByLabel("Environment found").selectOption("Staging");
  await form.getByLabel("QA owner").click();
  await page.keyboard.type("Release");
  await page.getByRole("option", { name: /Release manager/ }).click();
  await form.getByLabel("Found on").fill("2026-11-20");
}

for (const provider of ["jira-cloud", "jira-dc", "gitlab", "azure-devops"])
  test(`[D1] [G2] [G7] a failure is filed into ${provider}, with the fields that it asks for`, async ({
    page,
    request,
    demo,
    signIn,
  }) => {
    const tracker = demo.sandbox.trackers.find((one) => one.provider === provider);
    if (!tracker) throw new Error(`The demo has no ${provider}.`);
    const mark = fresh();
    const run = await importRun(request, demo, reportOf(totals(mark)), demo.otherProjectId);
    await signIn("engineer");
    await page.goto(run);
    await hearsKeys(page);

    await page.keyboard.press("c");
    const form = dialogOf(page);
    await form.getByLabel("Tracker", { exact: true }).selectOption(tracker.name);
    await expect(form.getByText("Will be filed as")).toBeVisible();
    const title = `Totals are off ${mark}`;
    await form.getByLabel("Title").fill(title);
    await filled[provider]?.(form, page);
    await createButton(page).click();
    await expect(form).toBeHidden();

    const chip = chipOf(page, title);
    await expect(chip).toBeVisible({ timeout: 45_000 });
    const [there] = await Promise.all([page.waitForEvent("popup"), chip.click()]);
    await expect(there.getByText(title).first()).toBeVisible();
    await expect(there.getByText(`cart ${mark}: expected total`, { exact: false }).first()).toBeVisible();
    // The way back, as a link beside the issue or in its text.
    const back = await there.locator(`a[href*="/projects/${demo.otherProjectId}/"]`).count();
    expect(back).toBeGreaterThan(0);
  });
