import type { Reporter, TestModule, Vitest } from "vitest/node";

/** Lists the tests that were not run and why: a suite that skips in silence looks like one that passes. */
export default class NotRunReporter implements Reporter {
  #isFiltered = false;

  onInit(vitest: Vitest): void {
    this.#isFiltered = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    if (this.#isFiltered) return;
    const lines: string[] = [];
    for (const module of modules) {
      for (const test of module.children.allTests("skipped")) {
        const result = test.result();
        const reason = "note" in result && result.note ? result.note : `skipped by its file${unset()}`;
        lines.push(`  ${module.relativeModuleId} › ${test.fullName}: ${reason}`);
      }
    }
    if (lines.length > 0) console.log(`\nNot run:\n${lines.join("\n")}`);
  }
}

/** What `describe.skipIf` looked at is not told; the variables that are unset are the likely cause. */
function unset(): string {
  const missing = ["FAULTLINE_FIXTURES", "FAULTLINE_SPECS"].filter((name) => !process.env[name]);
  return missing.length > 0 ? ` (not set: ${missing.join(", ")})` : "";
}
