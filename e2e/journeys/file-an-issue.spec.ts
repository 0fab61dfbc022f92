import { importFailure } from "../failure";
import { expect, test } from "../fixtures";

test("[B2][G1][G3][G4][G5][G7][H3] from a dropped file to an issue in GitHub, in at most three clicks", async ({
  page,
  demo,
  sandbox,
  signIn,
  accessible,
}) => {
  const name = `pays once ${Date.now()}`;
  await signIn("engineer");
  await accessible();
  await page.goto(`/projects/${demo.projectId}`);
  await accessible();
  await importFailure(page, demo.projectId, name);
  await accessible();

  // The failed result is open; from here on clicks count.
  let clicks = 0;
  const click = async (button: string) => {
    clicks += 1;
    await page.getByRole("button", { name: button }).click();
  };
  await click("Create issue");
  const dialog = page.getByRole("dialog", { name: "Create issue" });
  await expect(dialog.getByText("Will be filed as")).toContainText("qa-bot");
  await expect(dialog.getByRole("textbox", { name: "Description" })).toContainText("expected 200 to equal 402");
  await accessible();

  await dialog.getByRole("tab", { name: "Source" }).click();
  const shown = dialog.getByRole("tabpanel").locator("pre");
  await expect(shown).toContainText("expected 200 to equal 402");
  const source = await shown.innerText();
  await dialog.getByRole("tab", { name: "Preview" }).click();
  await accessible();
  await dialog.getByRole("tab", { name: "Write" }).click();
  const title = await dialog.getByLabel("Title").inputValue();

  clicks += 1;
  await dialog.getByRole("button", { name: /^Create/ }).click();
  await expect(dialog).toBeHidden();
  const chip = page.getByRole("region", { name: "Issues" }).getByRole("link", { name: title });
  await expect(chip).toBeVisible();
  expect(clicks).toBeLessThanOrEqual(3);
  await accessible();

  const [issue, ...more] = await sandbox.issues("acme/checkout", title);
  expect(more).toEqual([]);
  if (!issue) throw new Error("The issue is not in GitHub.");
  await expect(chip).toHaveAttribute("href", issue.html_url);
  // What was shown is what was sent, to the character.
  expect(issue.body).toBe(source);
  expect(issue.labels.map((label) => label.name)).toContain("faultline");
  expect(issue.body).toContain(`/projects/${demo.projectId}/runs/`);

  // Run and case show it too.
  await page.reload();
  await expect(page.getByRole("link", { name: title }).first()).toBeVisible();
  await page
    .getByRole("link", { name: /test case|history/i })
    .first()
    .click();
  await expect(page).toHaveURL(/\/cases\//);
  await expect(page.getByRole("link", { name: title }).first()).toBeVisible();
  await accessible();

  await page.goto(issue.html_url);
  await expect(page.getByText("not the end of the block")).toBeVisible();
});

test("[G3] a reply that is lost after creating gives one issue, shown as created", async ({
  page,
  demo,
  sandbox,
  signIn,
}) => {
  const name = `loses its reply ${Date.now()}`;
  await signIn("engineer");
  await importFailure(page, demo.projectId, name);
  await sandbox.fail({ method: "POST", path: "/issues$", mode: "drop-reply", times: 1 });

  await page.keyboard.press("c");
  const dialog = page.getByRole("dialog", { name: "Create issue" });
  const title = await dialog.getByLabel("Title").inputValue();
  await dialog.getByLabel("Title").press("Control+Enter");
  await expect(page.getByRole("region", { name: "Issues" }).getByRole("link", { name: title })).toBeVisible({
    timeout: 45_000,
  });
  expect(await sandbox.issues("acme/checkout", title)).toHaveLength(1);
});

test("[G11] a refusal keeps what was typed and says the tracker's reason", async ({
  page,
  demo,
  sandbox,
  signIn,
  accessible,
}) => {
  const name = `is refused ${Date.now()}`;
  await signIn("engineer");
  await importFailure(page, demo.projectId, name);
  await sandbox.fail({
    method: "POST",
    path: "/issues$",
    mode: "status",
    status: 410,
    body: JSON.stringify({ message: "Issues are disabled for this repo" }),
    times: 1,
  });
  await page.keyboard.press("c");
  const dialog = page.getByRole("dialog", { name: "Create issue" });
  await dialog.getByLabel("Title").fill(`My own title ${name}`);
  await dialog.getByRole("button", { name: /^Create/ }).click();
  // It comes back as it was, with the reason.
  await expect(page.getByText(/Issues are disabled/).first()).toBeVisible({ timeout: 20_000 });
  await expect(dialog.getByLabel("Title")).toHaveValue(`My own title ${name}`);
  await accessible();
  await dialog.getByRole("button", { name: /^Create/ }).click();
  await expect(
    page.getByRole("region", { name: "Issues" }).getByRole("link", { name: new RegExp(`My own title ${name}`) }),
  ).toBeVisible({ timeout: 20_000 });
});

test("[G2][G11] a draft survives a reload, a sign-out and another device", async ({ page, demo, browser, signIn }) => {
  const name = `is drafted ${Date.now()}`;
  await signIn("engineer");
  await importFailure(page, demo.projectId, name);
  const address = page.url();
  await page.keyboard.press("c");
  const dialog = page.getByRole("dialog", { name: "Create issue" });
  await dialog.getByLabel("Title").fill("Half written");
  await expect(dialog.getByText("Saved")).toBeVisible();

  await page.reload();
  await page.keyboard.press("c");
  await expect(dialog.getByLabel("Title")).toHaveValue("Half written");

  await page.context().clearCookies();
  const other = await browser.newPage();
  await signIn("engineer", other);
  await other.goto(address);
  await expect(other.getByRole("heading", { name })).toBeVisible();
  await other.keyboard.press("c");
  await expect(other.getByRole("dialog").getByLabel("Title")).toHaveValue("Half written");
  await other.close();
});

test("[H1] an existing issue is linked by its key, unlinked, and linked again by undo", async ({
  page,
  demo,
  signIn,
  accessible,
}) => {
  const name = `is known ${Date.now()}`;
  await signIn("engineer");
  await importFailure(page, demo.projectId, name);
  await page.keyboard.press("l");
  const dialog = page.getByRole("dialog", { name: "Link an issue" });
  await dialog.getByLabel("Address or key").fill("acme/payments#1");
  await expect(dialog.getByRole("alert")).toBeVisible();
  await dialog.getByLabel("Address or key").fill("#1");
  await expect(dialog.getByText("acme/checkout#1")).toBeVisible();
  await accessible();
  await dialog.getByRole("button", { name: "Link checkout#1" }).click();

  const issues = page.getByRole("region", { name: "Issues" });
  await expect(issues.getByText("checkout#1")).toBeVisible();
  await issues.getByRole("button", { name: "Unlink acme/checkout#1" }).click();
  await expect(issues.getByText("checkout#1")).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(issues.getByText("checkout#1")).toBeVisible();
});
