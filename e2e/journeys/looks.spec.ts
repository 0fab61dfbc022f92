import { expect, test } from "../fixtures";

const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } };

for (const scheme of ["light", "dark"] as const)
  for (const [device, viewport] of Object.entries(sizes))
    test.describe(`${scheme} on a ${device}`, () => {
      test.use({ colorScheme: scheme, viewport });

      test("[A2] the main pages are accessible, without a sideways scroll, a policy violation or an error", async ({
        page,
        demo,
        signIn,
        accessible,
      }) => {
        const problems: string[] = [];
        page.on(
          "console",
          (message) => message.type() === "error" && problems.push(`${message.text()} ${message.location().url}`),
        );
        page.on("pageerror", (error) => problems.push(error.message));
        await signIn("admin");
        const project = `/projects/${demo.projectId}`;
        await page.goto(`${project}/runs`);
        const run = await page.getByRole("link", { name: /#6/ }).getAttribute("href");
        const result = `${run}?status=failed`;
        for (const path of [
          "/projects",
          project,
          `${project}/runs`,
          run ?? "",
          result,
          `${project}/settings`,
          "/admin/audit",
        ]) {
          await page.goto(path);
          await expect(page.getByRole("main")).toBeVisible();
          await accessible();
          const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect(sideways, path).toBeLessThanOrEqual(0);
        }
        expect(problems).toEqual([]);
      });
    });
