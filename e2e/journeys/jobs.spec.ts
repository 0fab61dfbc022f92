import type { APIRequestContext, Page } from "@playwright/test";
import type { Demo } from "../demo";
import { expect, test } from "../fixtures";
import { failingReport } from "../reports";

/** A failure that CI reports, and somebody's wish for an issue about it. Gives the creation's id. */
async function askForIssue(request: APIRequestContext, demo: Demo, title: string): Promise<string> {
  const headers = { authorization: `Bearer ${demo.apiToken}` };
  const project = `/api/projects/${demo.projectId}`;
  const { run } = await (
    await request.post(`${project}/runs/import`, {
      headers: { ...headers, "content-type": "application/xml" },
      data: failingReport(title),
    })
  ).json();
  const { results } = await (await request.get(`${project}/runs/${run.id}/results`, { headers })).json();
  const answer = await request.post(`/api/integrations/${demo.integrations[0]?.id}/create-issue`, {
    headers,
    data: { projectId: demo.projectId, title, description: "It fails.", resultIds: [results[0].id] },
  });
  expect(answer.status(), await answer.text()).toBe(202);
  return (await answer.json()).creation.id;
}

const rowOf = (page: Page, title: string) =>
  page.getByRole("list", { name: "Jobs" }).getByRole("listitem").filter({ hasText: title });
const state = (page: Page, word: string) =>
  page.getByRole("banner").or(page.getByRole("main")).getByText(word, { exact: true }).first();

test("[K3] an administrator watches a job, hurries it, cancels it and starts it once more", async ({
  page,
  request,
  demo,
  sandbox,
  signIn,
  accessible,
}) => {
  await signIn("admin");
  await page.goto("/admin/jobs");
  const title = `waits for its tracker ${Date.now()}`;
  await sandbox.fail({ method: "POST", path: "/issues$", mode: "status", status: 503, times: "always" });
  const creationId = await askForIssue(request, demo, title);

  // It appears by itself, and says that it is tried again.
  await expect(rowOf(page, title)).toContainText("Retrying", { timeout: 20_000 });
  await accessible();

  // By keyboard: to the search, to the only row that is left, and into it.
  await page.keyboard.press("/");
  await page.keyboard.type(creationId);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`q=${creationId}`));
  await expect(page.getByRole("list", { name: "Jobs" }).getByRole("listitem")).toHaveCount(1);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/admin\/jobs\/[0-9a-f-]{36}$/);
  const address = page.url();
  await expect(page.getByRole("heading", { name: "Timeline" })).toBeVisible();
  await expect(page.getByText(/next attempt/)).toBeVisible();
  await expect(page.getByRole("link", { name: title })).toHaveAttribute("href", /\/runs\/.+\?result=/);
  await accessible();

  await page.getByRole("button", { name: "Run now" }).click();
  // The first attempts follow each other so fast that one may have begun before the click.
  await expect(page.getByText(/The next attempt is being made|does not wait for another attempt/)).toBeVisible();
  await expect(page.getByText(/([2-9]|\d\d) attempts/).first()).toBeVisible({ timeout: 20_000 });

  await page.getByRole("button", { name: "Cancel job" }).click();
  await accessible();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel job" }).click();
  await expect(state(page, "Cancelled")).toBeVisible();
  await accessible();

  await sandbox.clear();
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(page).not.toHaveURL(address);
  await expect(page.getByText("Repeats", { exact: true })).toBeVisible();
  await expect(state(page, "Completed")).toBeVisible({ timeout: 30_000 });
  await accessible();

  // Who did it stands in the audit log.
  await page.goto("/admin/audit");
  for (const action of ["job.retried", "job.cancelled"])
    await expect(page.getByRole("listitem").filter({ hasText: action }).first()).toBeVisible();
});

for (const scheme of ["light", "dark"] as const)
  test.describe(`${scheme} on a phone`, () => {
    test.use({ colorScheme: scheme, viewport: { width: 360, height: 740 } });

    test("[A2][K3] jobs fit a phone and are accessible", async ({ page, request, demo, signIn, accessible }) => {
      await signIn("admin");
      const title = `${"a very long name of a test that does not end ".repeat(4)}${Date.now()}`;
      await askForIssue(request, demo, title);
      await page.goto("/admin/jobs");
      const fits = async () => {
        await accessible();
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(sideways).toBeLessThanOrEqual(0);
      };
      await fits();
      await rowOf(page, title.slice(0, 60)).first().getByRole("link").click();
      await expect(page.getByRole("heading", { name: "Timeline" })).toBeVisible();
      await fits();
    });
  });

test("[A4] whoever is no administrator finds no jobs", async ({ page, signIn }) => {
  await signIn("lead");
  await expect(page.getByRole("link", { name: "Jobs" })).toHaveCount(0);
  await page.goto("/admin/jobs");
  await expect(page.getByRole("heading", { name: /not here|not found|nothing/i })).toBeVisible();
});
