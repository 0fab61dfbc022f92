import { capabilities } from "./capabilities.mjs";
import { lockFile, runChecks } from "./check.mjs";
import { prepare } from "./prepare.mjs";
import { say, seconds } from "./say.mjs";
import { inSession } from "./session.mjs";
import { e2e, faults, unit } from "./suites.mjs";

/**
 * `npm test` runs everything; `unit`, `faults` and `e2e` run their suite alone and pass filters on. `faults --full` takes
 * as long as its figures need.
 */
export function testCommand([only, ...rest]) {
  const isFull = rest.includes("--full");
  const filters = rest.filter((one) => one !== "--full");

  return inSession({}, async (session) => {
    const total = { passed: 0, failed: 0, skipped: 0 };
    const suite = async (name, run) => {
      const startedAt = performance.now();
      console.log(`\n${name}`);
      const counts = await run();
      for (const kind of Object.keys(total)) total[kind] += counts[kind];
      say(`${counts.failed > 0 ? "✗" : "✓"} ${name}: ${summary(counts)} in ${seconds(performance.now() - startedAt)}`);
    };

    await prepare(session);
    if (!only) {
      await suite("check", async () => sum(await runChecks(session, lockFile), await runChecks(session)));
      await suite("capabilities", async () => countCapabilities());
    }
    if (!only || only === "unit") await suite("unit", () => unit(session, filters));
    if (!only || only === "faults") {
      await suite("faults", async () => {
        // The full run kills the built product too.
        if (isFull) await prepare(session, { withBuild: true });
        return faults(session, filters, { isFull });
      });
    }
    if (!only || only === "e2e") {
      await suite("e2e", async () => {
        await prepare(session, { withBuild: true });
        return e2e(session, filters);
      });
    }
    console.log(`\n${summary(total)}`);
    return total.failed > 0 ? 1 : 0;
  });
}

function countCapabilities() {
  const { remarks, failures } = capabilities();
  for (const sentence of remarks) say(sentence);
  for (const sentence of failures) say(`✗ ${sentence}`);
  return { passed: failures.length > 0 ? 0 : 1, failed: failures.length, skipped: 0 };
}

const sum = (a, b) => Object.fromEntries(Object.keys(a).map((kind) => [kind, a[kind] + b[kind]]));

const summary = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
