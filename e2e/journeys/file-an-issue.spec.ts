import { hearsKeys } from "../failure";
import { expect, test } from "../fixtures";
import { chipOf, createButton, dialogOf, issuesOf, send } from "../issue-form";

test("[B2][G1][G3][G4][G5][G7][H3] from a dropped file to an issue in GitHub, in at most three clicks", async ({
  page,
  demo,
  sandbox,
  openFailure,
  accessible,
}) => {
  await openFailure("pays once");
  await accessible();

  // The failed result is open; from here on clicks count.
  let clicks = 0;
  const click = async (button: string) => {
    clicks += 1;
    await page.getByRole("button", { name: button, exact: true }).click();
  };
  await click("Create issue");
  const dialog = dialogOf(page);
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
  await createButton(page).click();
  await expect(dialog).toBeHidden();
  const chip = chipOf(page, title);
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

  for (const address of ["/projects", `/projects/${demo.projectId}`]) {
    await page.goto(address);
    await accessible();
  }
  await page.goto(issue.html_url);
  await expect(page.getByText("not the end of the block")).toBeVisible();
});

test("[G3] a reply that is lost after creating gives one issue, shown as created", async ({
  page,
  sandbox,
  openFailure,
}) => {
  await openFailure("loses its reply");
  await sandbox.fail({ method: "POST", path: "/issues$", mode: "drop-reply", times: 1 });

  await page.keyboard.press("c");
  const dialog = dialogOf(page);
  const title = await dialog.getByLabel("Title").inputValue();
  await dialog.getByLabel("Title").press("Control+Enter");
  await expect(chipOf(page, title)).toBeVisible({ timeout: 45_000 });
  expect(await sandbox.issues("acme/checkout", title)).toHaveLength(1);
});

test("[G11] a refusal keeps what was typed and says the tracker's reason", async ({
  page,
  sandbox,
  openFailure,
  accessible,
}) => {
  const name = await openFailure("is refused");
  await sandbox.fail({
    method: "POST",
    path: "/issues$",
    mode: "status",
    status: 410,
    body: JSON.stringify({ message: "Issues are disabled for this repo" }),
    times: 1,
  });
  await page.keyboard.press("c");
  const dialog = dialogOf(page);
  await send(page, `My own title ${name}`);
  // It comes back as it was, with the reason.
  await expect(page.getByText(/Issues are disabled/).first()).toBeVisible({ timeout: 20_000 });
  await expect(dialog.getByLabel("Title")).toHaveValue(`My own title ${name}`);
  await accessible();
  await createButton(page).click();
  await expect(chipOf(page, `My own title ${name}`)).toBeVisible({ timeout: 20_000 });
});

test("[G2][G11] a draft survives a reload, a sign-out and another device", async ({
  page,
  browser,
  openFailure,
  signIn,
}) => {
  const name = await openFailure("is drafted");
  const address = page.url();
  await page.keyboard.press("c");
  const dialog = dialogOf(page);
  await dialog.getByLabel("Title").fill("Half written");
  await expect(dialog.getByText("Saved")).toBeVisible();

  await page.reload();
  await hearsKeys(page);
  await page.keyboard.press("c");
  await expect(dialog.getByLabel("Title")).toHaveValue("Half written");

  await page.context().clearCookies();
  const other = await browser.newPage();
  await signIn("engineer", other);
  await other.goto(address);
  await expect(other.getByRole("heading", { name })).toBeVisible();
  await hearsKeys(other);
  await other.keyboard.press("c");
  await expect(other.getByRole("dialog").getByLabel("Title")).toHaveValue("Half written");
  await other.close();
});

test("[H1] an existing issue is linked by its key, unlinked, and linked again by undo", async ({
  page,
  openFailure,
  accessible,
}) => {
  await openFailure("is known");
  await page.keyboard.press("l");
  const dialog = page.getByRole("dialog", { name: "Link an issue" });
  await dialog.getByLabel("Address or key").fill("acme/payments#1");
  await expect(dialog.getByRole("alert")).toBeVisible();
  await dialog.getByLabel("Address or key").fill("#1");
  await expect(dialog.getByText("acme/checkout#1")).toBeVisible();
  await accessible();
  await dialog.getByRole("button", { name: "Link checkout#1" }).click();

  const issues = issuesOf(page);
  await expect(issues.getByText("checkout#1")).toBeVisible();
  await issues.getByRole("button", { name: "Unlink acme/checkout#1" }).click();
  await expect(issues.getByText("checkout#1")).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(issues.getByText("checkout#1")).toBeVisible();
});
