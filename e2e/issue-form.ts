import type { Page } from "@playwright/test";
import { expect } from "./fixtures";

export const dialogOf = (page: Page) => page.getByRole("dialog", { name: "Create issue" });
export const issuesOf = (page: Page) => page.getByRole("region", { name: "Issues" });
export const createButton = (page: Page) => dialogOf(page).getByRole("button", { name: /^Create/ });
export const chipOf = (page: Page, title: string) => issuesOf(page).getByRole("link", { name: title });

/** Opens the form at the result that is shown; its title. */
export async function openForm(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Create issue", exact: true }).click();
  await expect(dialogOf(page).getByText("Will be filed as")).toBeVisible();
  return dialogOf(page).getByLabel("Title").inputValue();
}

/** Sends what stands in the form under a title of one's own. */
export async function send(page: Page, title: string): Promise<void> {
  await dialogOf(page).getByLabel("Title").fill(title);
  await createButton(page).click();
}
