import { expect, test } from "../fixtures";
import { dialogOf, issuesOf } from "../issue-form";
import { reportOf, timeouts, totals } from "../red-run";

test("[J1][G1][G9] a red run becomes two issues, with three keystrokes each", async ({
  page,
  demo,
  sandbox,
  signIn,
  accessible,
}) => {
  const mark = `G${Date.now()}`;
  await signIn("engineer");
  await page.goto(`/projects/${demo.projectId}`);
  await page.getByLabel("JUnit files to import").setInputFiles({
    name: "red.xml",
    mimeType: "text/xml",
    buffer: Buffer.from(reportOf([...timeouts(mark), ...totals(mark)])),
  });
  await page.getByRole("list", { name: "Imports" }).getByRole("link", { name: "Open the run" }).click();
  await expect(page.getByText("27 failures")).toBeVisible();
  await expect(page.getByText(/2 problems/)).toBeVisible();

  let keystrokes = 0;
  const press = async (key: string) => {
    keystrokes += 1;
    await page.keyboard.press(key);
  };
  const file = async () => {
    await press("c");
    await expect(dialogOf(page).getByText("Will be filed as")).toBeVisible();
    const title = await dialogOf(page).getByLabel("Title").inputValue();
    await press("ControlOrMeta+Enter");
    await expect(dialogOf(page)).toBeHidden();
    await expect(issuesOf(page).getByRole("link", { name: /checkout#\d+/ })).toBeVisible();
    return title;
  };

  const first = await file();
  expect(keystrokes).toBeLessThanOrEqual(3);
  keystrokes = 0;
  await press("j");
  await expect(issuesOf(page).getByRole("link", { name: /checkout#\d+/ })).toBeHidden();
  const second = await file();
  expect(keystrokes).toBeLessThanOrEqual(3);
  await accessible();

  // One issue for each problem, and each of them tells of all its failures.
  const filed = [...(await sandbox.issues("acme/checkout", first)), ...(await sandbox.issues("acme/checkout", second))];
  expect(filed).toHaveLength(2);
  expect(filed[0]?.body).toContain("24 failures");
  expect(filed[1]?.body).toContain("3 failures");
  await page.reload();
  await expect(page.getByText(/2 problems/)).toBeVisible();
  await expect(page.getByRole("list", { name: "Problems" }).getByRole("link", { name: /#\d+/ }).first()).toBeVisible();
});
