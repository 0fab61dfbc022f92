import type { Reporter, TestModule } from "vitest/node";

/** Lists the tests that were not run and why: a suite that skips in silence looks like one that passes. */
export default class NotRunReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    const lines: string[] = [];
    for (const module of modules) {
      for (const test of module.children.allTests("skipped")) {
        const result = test.result();
        const reason = "note" in result && result.note ? result.note : "skipped by its file";
        lines.push(`  ${module.relativeModuleId} › ${test.fullName}: ${reason}`);
      }
    }
    if (lines.length > 0) console.log(`\nNot run:\n${lines.join("\n")}`);
  }
}
