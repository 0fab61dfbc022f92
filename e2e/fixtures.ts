import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { type Demo, type Persona, personas, readDemo } from "./demo";
import { importFailure } from "./failure";
import { SandboxClient } from "./sandbox-client";

type Fixtures = {
  demo: Demo;
  sandbox: SandboxClient;
  /** Signs a persona in on the page. */
  signIn: (who: Persona, page?: Page) => Promise<void>;
  /** Signs the engineer in on the page and opens a fresh failure there; its name, which no other has. */
  openFailure: (what: string) => Promise<string>;
  /** Fails for any violation that axe finds on the page as it is now. */
  accessible: (page?: Page) => Promise<void>;
};

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to learn what a fixture needs.
  demo: async ({}, use) => use(readDemo()),

  sandbox: async ({ demo }, use) => {
    const sandbox = new SandboxClient(demo.sandbox.github);
    await use(sandbox);
    await sandbox.clear();
  },

  signIn: async ({ page, demo }, use) =>
    use(async (who, on = page) => {
      const user = personas[who](demo);
      if (!user) throw new Error(`The demo has no ${who}.`);
      await on.goto("/sign-in");
      await on.getByLabel("E-mail").fill(user.email);
      await on.getByLabel("Password").fill(user.password);
      await on.getByRole("button", { name: "Sign in" }).click();
      await expect(on).toHaveURL(/\/projects/);
    }),

  openFailure: async ({ page, demo, signIn }, use) =>
    use(async (what) => {
      const name = `${what} ${Date.now()}`;
      await signIn("engineer");
      await importFailure(page, demo.projectId, name);
      return name;
    }),

  accessible: async ({ page }, use) =>
    use(async (on = page) => {
      // What moves in or out is transparent for a moment, which would be measured as faint text.
      await expect(
        on.locator('[data-sonner-toast]:is([data-mounted="false"], [data-removed="true"])'),
        "messages come and go",
      ).toHaveCount(0);
      await on.evaluate(() =>
        Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))),
      );
      const look = async () => (await new AxeBuilder({ page: on }).analyze()).violations;
      let violations = await look();
      // What is there for a moment only is no violation: a message that comes in faint, or the title that Next leaves out
      // while a page takes another's place.
      if (violations.length > 0) {
        await on.waitForTimeout(600);
        violations = await look();
      }
      expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
    }),
});

export { expect };
