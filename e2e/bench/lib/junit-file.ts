import { closeSync, openSync, writeSync } from "node:fs";

const stack = Array.from(
  { length: 12 },
  (_, line) => `\tat com.example.shop.checkout.Gateway.call${line}(Gateway.java:${80 + line})`,
).join("\n");

/** One test case of a plausible report: 1 in 20 fails with a stack, 1 in 50 is skipped, 1 in 10 has output. */
function testCase(index: number): string {
  const open = `    <testcase classname="com.example.shop.Suite${Math.floor(index / 100)}Test" name="pays &amp; ships order ${index} with a saved card" time="0.${index % 1000}"`;
  if (index % 20 === 0)
    return `${open}>\n      <failure message="expected &lt;200&gt; but was &lt;${500 + (index % 7)}&gt;" type="java.lang.AssertionError"><![CDATA[java.lang.AssertionError: expected\n${stack}]]></failure>\n    </testcase>\n`;
  if (index % 50 === 1) return `${open}><skipped message="not today"/></testcase>\n`;
  if (index % 10 === 2)
    return `${open}>\n      <system-out>started order ${index}\nfinished order ${index}\n</system-out>\n    </testcase>\n`;
  return `${open}/>\n`;
}

/**
 * Writes a JUnit file and answers how many test cases it holds: so many, or as many as fill so many bytes. `from` is the
 * number of the first one, for shards of one run.
 */
export function writeJUnitFile(path: string, until: { cases: number } | { bytes: number }, from = 0): number {
  const file = openSync(path, "w");
  let bytes = 0;
  let index = 0;
  const isDone = () => ("cases" in until ? index >= until.cases : bytes >= until.bytes);
  bytes += writeSync(file, `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="bench">\n`);
  while (!isDone()) {
    let suite = `  <testsuite name="com.example.shop.Suite${Math.floor((from + index) / 100)}Test" tests="100">\n`;
    for (let place = 0; place < 100 && !("cases" in until && index >= until.cases); place += 1, index += 1)
      suite += testCase(from + index);
    bytes += writeSync(file, `${suite}  </testsuite>\n`);
  }
  writeSync(file, "</testsuites>\n");
  closeSync(file);
  return index;
}
