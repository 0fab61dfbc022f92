import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { codeBlock, doc, paragraph } from "@/lib/richtext/build";
import type { RichDoc } from "@/lib/richtext/doc";
import { bugReport } from "../bench/lib/bug-report";
import { expect, test } from "../fixtures";
import { chipOf, createButton, dialogOf, openForm } from "../issue-form";
import type { SandboxClient } from "../sandbox-client";

type Form = { integrationId: string };
type Saved = { draft: { id: string; version: number; title: string } };

/** Calls our API as the page does. */
async function api<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  return page.evaluate(
    async ([verb, address, text]) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(address, { method: verb, ...(text !== undefined && { headers, body: text }) });
      if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
  );
}

/** The one failure of the run that is open. */
async function resultOf(page: Page, projectId: string): Promise<string> {
  const runId = /\/runs\/([\w-]+)/.exec(page.url())?.[1];
  type Results = { results: { id: string; status: string }[] };
  const { results } = await api<Results>(page, "GET", `/api/projects/${projectId}/runs/${runId}/results`);
  const failed = results.find(({ status }) => status === "failed");
  if (!failed) throw new Error("Nothing has failed in this run.");
  return failed.id;
}

/** Puts a text into the form of the result that is shown, as another device would; the draft's id. */
async function write(page: Page, projectId: string, title: string, description: RichDoc): Promise<string> {
  const resultId = await resultOf(page, projectId);
  const drafts = `/api/projects/${projectId}/drafts`;
  const { integrationId } = await api<Form>(page, "GET", `${drafts}?resultId=${resultId}`);
  const { draft } = await api<Saved>(page, "PUT", drafts, { integrationId, resultId });
  const content = { version: draft.version, title, description, labels: [] };
  await api(page, "PUT", drafts, { integrationId, resultId, content });
  return draft.id;
}

/** What the form says that it will send, letter for letter. */
async function sourceOf(page: Page): Promise<string> {
  const dialog = dialogOf(page);
  await dialog.getByRole("tab", { name: "Source" }).click();
  const shown = dialog.getByRole("tabpanel").locator("pre");
  await expect(shown).toContainText("/faultline-");
  return (await shown.textContent()) ?? "";
}

/** Creates the issue of the form that is open, and answers the text that it has in the tracker. */
async function filedAs(page: Page, sandbox: SandboxClient, name: string): Promise<string | null | undefined> {
  await createButton(page).click();
  await expect(chipOf(page, name)).toBeVisible({ timeout: 20_000 });
  const [issue] = await sandbox.issues("acme/checkout", name);
  return issue?.body;
}

test("[G1][G5] every kind goes from the editor to GitHub letter for letter as the form showed it", async ({
  page,
  demo,
  sandbox,
  openFailure,
}) => {
  const name = await openFailure("has every kind");
  const draftId = await write(page, demo.projectId, name, bugReport());
  await openForm(page);
  const dialog = dialogOf(page);
  const editor = dialog.getByRole("textbox", { name: "Description" });
  await expect(editor).toContainText("Customers are charged twice.");
  // Through the editor, so that what leaves is what it has made of the text.
  await editor.press("Control+End");
  await editor.pressSequentially("Typed at the end.");

  await dialog.getByRole("tab", { name: "Preview" }).click();
  await expect(dialog.getByRole("tabpanel").getByRole("table").first()).toBeVisible();
  await dialog.getByRole("tab", { name: "Source" }).click();
  await expect(dialog.getByRole("tabpanel").locator("pre")).toContainText("Typed at the end.");
  const source = await sourceOf(page);
  // The server makes the very same of it.
  const preview = `/api/projects/${demo.projectId}/drafts/${draftId}/preview`;
  await expect.poll(async () => (await api<{ output: string }>(page, "GET", preview)).output).toBe(source);

  expect(await filedAs(page, sandbox, name)).toBe(source);
});

test("[G8] files that are pasted into the text are filed as links, letter for letter as the form showed it", async ({
  page,
  demo,
  sandbox,
  openFailure,
}) => {
  const name = await openFailure("has pasted files");
  await write(page, demo.projectId, name, doc(paragraph("It fails.")));
  await openForm(page);
  const dialog = dialogOf(page);
  const editor = dialog.getByRole("textbox", { name: "Description" });
  const files = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    for (const at of [1, 2, 3]) data.items.add(new File([`line ${at}`], `run-${at}.log`, { type: "text/plain" }));
    return data;
  });
  await editor.evaluate((element, data) => {
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, files);
  for (const at of [1, 2, 3]) await expect(editor.getByText(`run-${at}.log`)).toBeVisible();

  await dialog.getByRole("tab", { name: "Source" }).click();
  const shown = dialog.getByRole("tabpanel").locator("pre");
  for (const at of [1, 2, 3]) await expect(shown).toContainText(`[run-${at}.log](http`);
  const source = await sourceOf(page);
  expect(await filedAs(page, sandbox, name)).toBe(source);
});

test("[G5] a secret is masked, unless a person chooses to send it as it is", async ({
  page,
  demo,
  sandbox,
  openFailure,
  accessible,
}) => {
  const name = await openFailure("shows a secret");
  const tokens = [1, 2].map(() => `ghp_${randomBytes(18).toString("hex")}`);
  const log = codeBlock(tokens.map((token) => `authorization: token ${token}`).join("\n"));
  await write(page, demo.projectId, name, doc(paragraph("It fails."), log));
  await openForm(page);
  const dialog = dialogOf(page);
  await expect(dialog.getByText("2 of these look like secrets")).toBeVisible();
  await accessible();
  expect(await sourceOf(page)).not.toMatch(new RegExp(tokens.join("|")));

  await dialog.getByRole("switch", { name: "Send this GitHub token as it is" }).first().click();
  await expect(dialog.getByText("1 masked, 1 sent")).toBeVisible();
  const source = await sourceOf(page);
  expect(tokens.map((token) => source.includes(token))).toEqual([true, false]);
  await accessible();
  expect(await filedAs(page, sandbox, name)).toBe(source);
});

test("[G5][K6] a text comes by API as Markdown, and says what was masked in it", async ({
  page,
  demo,
  sandbox,
  openFailure,
}) => {
  const title = await openFailure("comes as Markdown");
  const resultId = await resultOf(page, demo.projectId);
  const drafts = `/api/projects/${demo.projectId}/drafts?resultId=${resultId}`;
  const { integrationId } = await api<Form>(page, "GET", drafts);
  const token = `ghp_${randomBytes(18).toString("hex")}`;
  const markdown = `## What\n\n- [x] seen\n- [ ] mended\n\n| code | text |\n| --- | --- |\n| 500 | ${token} |`;
  const started = await api<{ warnings: unknown }>(page, "POST", `/api/integrations/${integrationId}/create-issue`, {
    projectId: demo.projectId,
    title,
    description: { markdown },
    resultIds: [resultId],
  });
  expect(started.warnings).toMatchObject([{ kind: "secrets_masked", counts: { "GitHub token": 1 } }]);
  await expect(chipOf(page, title)).toBeVisible({ timeout: 20_000 });
  const [issue] = await sandbox.issues("acme/checkout", title);
  expect(issue?.body).toContain("## What\n\n- [x] seen\n- [ ] mended");
  expect(issue?.body).not.toContain(token);
});

test("[G5] a text beyond the limit is cut between its lines, says so and leads to the failure", async ({
  page,
  demo,
  sandbox,
  openFailure,
  accessible,
}) => {
  const name = await openFailure("is too long");
  await write(page, demo.projectId, name, doc(codeBlock("    at pay (gateway.ts:88:3)\n".repeat(3_000))));
  await openForm(page);
  const dialog = dialogOf(page);
  await expect(dialog.getByText("the end is cut, the failure is linked")).toBeVisible();
  await accessible();
  const source = await sourceOf(page);
  expect(source.length).toBeLessThanOrEqual(65_536);
  expect(source).toContain("was cut here");
  // A server whose limit is lower gets a shorter one, in the same creation.
  await sandbox.fail({
    ...{ method: "POST", path: "/issues$", mode: "status", status: 422, times: 1 },
    body: JSON.stringify({
      message: "Validation Failed",
      errors: [
        { resource: "Issue", field: "body", code: "custom", message: "body is too long (maximum is 60000 characters)" },
      ],
    }),
  });
  await createButton(page).click();
  await expect(chipOf(page, name)).toBeVisible({ timeout: 30_000 });
  const [issue, ...more] = await sandbox.issues("acme/checkout", name);
  expect(more).toEqual([]);
  expect((issue?.body ?? source).length).toBeLessThan(source.length * 0.81);
  expect(issue?.body).toContain("was cut here");
  await expect(page.getByText(/longer than GitHub allows and was cut/).first()).toBeVisible();
});

test("[G5] a project's own pattern is tried, saved, and masks what it finds", async ({
  page,
  demo,
  openFailure,
  signIn,
  accessible,
  browser,
}) => {
  const name = await openFailure("has a key of its own");
  const prefix = `flk${Date.now()}`;
  const key = `${prefix}_${randomBytes(6).toString("hex")}`;
  const label = `key of ${name}`;
  const [admin] = [await (await browser.newContext()).newPage()];
  await signIn("admin", admin);
  await admin.goto(new URL(`/projects/${demo.projectId}/settings/secrets`, page.url()).href);
  await admin.getByLabel("What it finds").fill(label);
  await admin.getByRole("textbox", { name: "Pattern" }).fill(`/${prefix}_[0-9a-f/`);
  await admin.getByLabel("Try it on a text").fill(`with ${key} in it`);
  await admin.getByRole("button", { name: "Try pattern" }).click();
  await expect(admin.getByText("This pattern cannot be used")).toBeVisible();
  await admin.getByRole("textbox", { name: "Pattern" }).fill(`/${prefix}_[0-9a-f]{12}/`);
  await admin.getByRole("button", { name: "Try pattern" }).click();
  await expect(admin.getByText("with [masked: found] in it")).toBeVisible();
  await accessible(admin);
  await admin.getByRole("button", { name: "Add pattern" }).click();
  await expect(admin.getByText("The pattern is added.")).toBeVisible();

  await write(page, demo.projectId, name, doc(paragraph(`It says ${key}.`)));
  await openForm(page);
  expect(await sourceOf(page)).toContain(`[masked: ${label}]`);

  await admin.getByRole("button", { name: `Delete ${label}` }).click();
  await admin.getByRole("button", { name: "Delete pattern" }).click();
  await expect(admin.getByText(`${label} is deleted.`)).toBeVisible();
  await admin.context().close();
});
