import { capabilities } from "./capabilities.mjs";
import { lockFile, runChecks } from "./check.mjs";
import { prepare } from "./prepare.mjs";
import { say } from "./say.mjs";
import { inSession } from "./session.mjs";
import { contract, e2e, faults, fuzz, unit } from "./suites.mjs";
import { judge, limitsMinutes } from "./time-limit.mjs";

/**
 * `npm test` runs everything; `unit`, `contract`, `fuzz`, `faults` and `e2e` run their suite alone and pass filters on. `--full` lets
 * `fuzz` and `faults` take as long as their figures need.
 */
export function testCommand([only, ...rest]) {
  const isFull = rest.includes("--full");
  const filters = rest.filter((one) => one !== "--full");

  return inSession({}, async (session) => {
    const total = { passed: 0, failed: 0, skipped: 0 };
    const add = (counts) => {
      for (const kind of Object.keys(total)) total[kind] += counts[kind];
    };
    const inTime = (name, tookMs, before = "") => {
      const { text, warning, isFailure } = judge(tookMs, isFull ? undefined : limitsMinutes[name]);
      say(`${before}${text}`);
      if (warning) console.warn(`\n  ⚠ ${name.toUpperCase()} ${warning}\n`);
      // A machine that others share may be slow for reasons of theirs; where it decides a landing, the warning is enough.
      if (isFailure && process.env.FAULTLINE_TIME_LIMITS !== "warn") add({ passed: 0, failed: 1, skipped: 0 });
    };
    const suite = async (name, run) => {
      const startedAt = performance.now();
      console.log(`\n${name}`);
      const counts = await run();
      add(counts);
      const mark = counts.failed > 0 ? "✗" : "✓";
      inTime(name, performance.now() - startedAt, `${mark} ${name}: ${summary(counts)} in `);
    };
    let setUpMs = 0;
    const setUp = async (options) => {
      const startedAt = performance.now();
      await prepare(session, options);
      setUpMs += performance.now() - startedAt;
    };

    await setUp();
    if (!only) {
      await suite("check", async () => sum(await runChecks(session, lockFile), await runChecks(session)));
      await suite("capabilities", async () => countCapabilities());
    }
    if (!only || only === "unit") await suite("unit", () => unit(session, filters));
    if (!only || only === "contract") await suite("contract", () => contract(session, filters));
    if (!only || only === "fuzz") await suite("fuzz", () => fuzz(session, filters, { isFull }));
    if (!only || only === "faults") {
      // The full run kills the built product too.
      if (isFull) await setUp({ withBuild: true });
      await suite("faults", () => faults(session, filters, { isFull }));
    }
    if (!only || only === "e2e") {
      await setUp({ withBuild: true });
      await suite("e2e", () => e2e(session, filters));
    }
    inTime("set-up", setUpMs, "set-up took ");
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
