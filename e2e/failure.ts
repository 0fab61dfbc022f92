import { expect, type Page } from "@playwright/test";
import { failingReport } from "./reports";

/** Imports a report with one failure of that name and opens its run at that result. */
export async function importFailure(page: Page, projectId: string, name: string): Promise<void> {
  await page.goto(`/projects/${projectId}`);
  await page.getByLabel("JUnit files to import").setInputFiles({
    name: "report.xml",
    mimeType: "text/xml",
    buffer: Buffer.from(failingReport(name)),
  });
  await expect(page.getByText("3 results added")).toBeVisible();
  await page.getByRole("list", { name: "Imports" }).getByRole("link", { name: "Open the run" }).click();
  await showResults(page);
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await hearsKeys(page);
}

/** What the page of a run reads by itself is there, and with it its keys are heard. */
export const hearsKeys = (page: Page): Promise<void> =>
  expect(page.getByRole("button", { name: "Issues of this run" })).toHaveText(/\d/);

/** Turns from a run's problems to its results. */
export const showResults = (page: Page): Promise<void> =>
  page.getByRole("navigation", { name: "Views of this run" }).getByRole("link", { name: "Results" }).click();
