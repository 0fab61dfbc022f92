import { closeSync, openSync, writeSync } from "node:fs";
import { failureOf } from "./failures";

/** One test case of a plausible report: one in so many fails with a stack, 1 in 50 is skipped, 1 in 10 has output. */
function testCase(index: number, failEvery: number): string {
  const open = `    <testcase classname="com.example.shop.Suite${Math.floor(index / 100)}Test" name="pays &amp; ships order ${index} with a saved card" time="0.${index % 1000}"`;
  if (index % failEvery === 0) return `${open}>\n      ${failureOf(index)}\n    </testcase>\n`;
  if (index % 50 === 1) return `${open}><skipped message="not today"/></testcase>\n`;
  if (index % 10 === 2)
    return `${open}>\n      <system-out>started order ${index}\nfinished order ${index}\n</system-out>\n    </testcase>\n`;
  return `${open}/>\n`;
}

/**
 * Writes a JUnit file and answers how many test cases it holds: so many, or as many as fill so many bytes. `from` is the
 * number of the first one, for shards of one run.
 */
export function writeJUnitFile(
  path: string,
  until: { cases: number } | { bytes: number },
  { from = 0, failEvery = 10 } = {},
): number {
  const file = openSync(path, "w");
  let bytes = 0;
  let index = 0;
  const isDone = () => ("cases" in until ? index >= until.cases : bytes >= until.bytes);
  bytes += writeSync(file, `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="bench">\n`);
  while (!isDone()) {
    let suite = `  <testsuite name="com.example.shop.Suite${Math.floor((from + index) / 100)}Test" tests="100">\n`;
    for (let place = 0; place < 100 && !("cases" in until && index >= until.cases); place += 1, index += 1)
      suite += testCase(from + index, failEvery);
    bytes += writeSync(file, `${suite}  </testsuite>\n`);
  }
  writeSync(file, "</testsuites>\n");
  closeSync(file);
  return index;
}
