import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";

// Four dots: red, green, blue, white.
const dots =
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg==";

const files = (page: Page) => page.getByRole("region", { name: "Files" });

/** Drops files on the section as a person does from the desktop. */
async function drop(page: Page, given: { name: string; text: string }[]) {
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, text } of all) transfer.items.add(new File([text], name));
    return transfer;
  }, given);
  await files(page).dispatchEvent("dragenter", { dataTransfer: data });
  await expect(files(page).getByText("Drop to add")).toBeVisible();
  await files(page).dispatchEvent("drop", { dataTransfer: data });
}

test("[B1] [G8] a result takes screenshots and logs, shows them, and lets go of them", async ({
  page,
  openFailure,
  accessible,
}) => {
  await openFailure("with files");
  await expect(files(page).getByText("Drop screenshots and logs here")).toBeVisible();
  await page.getByLabel("Files to add to this result").setInputFiles([
    { name: "shot.png", mimeType: "text/html", buffer: Buffer.from(dots, "base64") },
    { name: "page.html", mimeType: "text/html", buffer: Buffer.from("<script>document.title = 'run'</script>") },
  ]);
  await expect(files(page).getByRole("link", { name: "shot.png", exact: true })).toBeVisible();
  await expect(files(page).getByRole("link", { name: "page.html", exact: true })).toBeVisible();
  const picture = files(page).locator("img");
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(2);
  await accessible();

  await drop(page, [{ name: "run.log", text: "one line\n" }]);
  await expect(files(page).getByText("Files · 3")).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    files(page).getByRole("link", { name: "Download run.log" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("run.log");

  // The address of a file is a download, whatever it holds: the page stays, and nothing of it runs.
  const address = await files(page).getByRole("link", { name: "Download page.html" }).getAttribute("href");
  const answer = await page.request.get(`${address}?inline=1`, { headers: { "accept-encoding": "gzip" } });
  expect(answer.headers()["content-encoding"]).toBeUndefined();
  expect(answer.headers()).toMatchObject({
    "content-type": "text/plain; charset=utf-8",
    "content-disposition": expect.stringMatching(/^attachment;/),
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": expect.stringMatching(/^nosniff/),
  });

  await files(page).getByRole("link", { name: "shot.png", exact: true }).click();
  await expect(page.getByRole("heading", { name: "shot.png" })).toBeVisible();
  await expect(page.getByRole("img", { name: "shot.png" })).toBeVisible();
  await accessible();
  await page.goBack();

  await files(page).getByRole("button", { name: "Delete run.log" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete file" }).click();
  await expect(files(page).getByText("Files · 2")).toBeVisible();
});

test("[G8] a file that is refused says why, and can be sent again", async ({ page, openFailure }) => {
  await openFailure("refuses a file");
  await page
    .getByLabel("Files to add to this result")
    .setInputFiles([{ name: "empty.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) }]);
  await expect(files(page).getByText("The file is empty. Nothing was stored.")).toBeVisible();
  await expect(files(page).getByRole("button", { name: "Try again" })).toBeVisible();
  await files(page).getByRole("button", { name: "Dismiss empty.txt" }).click();
  await expect(files(page).getByText("empty.txt")).toBeHidden();
});

test("[B1] [A4] a viewer sees a result's files and cannot change them", async ({ page, demo, signIn }) => {
  await signIn("viewer");
  await page.goto(`/projects/${demo.projectId}/runs`);
  const run = await page.getByRole("link", { name: /#6/ }).getAttribute("href");
  await page.goto(`${run}?${new URLSearchParams({ q: "rounds to the cent [en]" })}`);
  await expect(files(page).getByRole("link", { name: "ledger-en.csv", exact: true })).toBeVisible();
  await expect(files(page).getByRole("button")).toHaveCount(0);
});
