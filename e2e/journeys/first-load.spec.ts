import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";

const limitKb = 90;

/** Nothing is loaded ahead: no page comes to rest, however slow the machine. */
const neverRest = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const real = window.setTimeout;
    window.setTimeout = ((work: () => void, ms?: number) => (ms === 1_500 ? 0 : real(work, ms))) as typeof setTimeout; // the overloads of Node's are not needed
  });

/** What the scripts weigh that a page loads until it works, in kB as they are sent. */
async function weigh(page: Page, address: string, works: () => Promise<void>): Promise<number> {
  const scripts = new Map<string, Promise<Buffer>>();
  const note = (response: { url(): string; request(): { resourceType(): string }; body(): Promise<Buffer> }) => {
    if (response.request().resourceType() === "script") scripts.set(response.url(), response.body());
  };
  page.on("response", note);
  await page.goto(address);
  await works();
  page.off("response", note);
  const bodies = await Promise.all(scripts.values());
  return bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0) / 1000;
}

test(`[A2] the page of a run works with ${limitKb} kB of scripts above an empty page`, async ({
  page,
  demo,
  signIn,
}) => {
  await neverRest(page);
  await signIn("engineer");
  const empty = await weigh(page, "/there-is-no-such-page", () =>
    expect(page.getByRole("heading", { name: /nothing here|not be found/i })).toBeVisible(),
  );
  const answer = await page.request.get(`/api/projects/${demo.projectId}/runs?limit=100`);
  const { runs } = (await answer.json()) as { runs: { id: string; number: number }[] };
  // The demo's own: what other journeys import may have jobs under way.
  const red = runs.find(({ number }) => number === 6);
  const run = await weigh(page, `/projects/${demo.projectId}/runs/${red?.id}`, async () => {
    // It is read by the page itself, which works by then.
    await expect(page.getByRole("button", { name: "Issues of this run" })).toHaveText(/\d/);
    await expect(page.getByRole("region", { name: "Sample" })).toBeVisible();
  });
  expect(empty).toBeGreaterThan(50);
  expect(run - empty).toBeLessThanOrEqual(limitKb);
});

test("[A2] what could not come at its first use comes at the next", async ({ page, demo, signIn }) => {
  await neverRest(page);
  await signIn("engineer");
  await page.goto(`/projects/${demo.projectId}/runs`);
  const user = page.getByRole("button", { name: /QA engineer/ });
  await expect(user).toHaveAttribute("aria-haspopup", "menu");
  await page.route("**/_next/static/**", (route) => route.abort());
  await user.click();
  await expect(user).toHaveAttribute("aria-expanded", "false");
  await page.unroute("**/_next/static/**");
  await user.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Your account" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(user).toBeFocused();
});
