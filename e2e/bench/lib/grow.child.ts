import { createReadStream } from "node:fs";
import { readJUnit } from "@/lib/results/formats/junit";
import { Warnings } from "@/lib/results/formats/warnings";

// A process of its own: reads the file that is named and tells by how many megabytes it grew meanwhile.
const [, , file = ""] = process.argv;
const megabytes = () => process.memoryUsage.rss() / 1_048_576;

async function* warmUp(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(
    `<testsuite name="s">${'<testcase name="t"><failure message="m">x</failure></testcase>'.repeat(2_000)}</testsuite>`,
  );
}

for await (const entries of readJUnit(warmUp(), new Warnings())) void entries.length;
const before = megabytes();
let peak = before;
for await (const entries of readJUnit(createReadStream(file), new Warnings())) {
  void entries.length;
  peak = Math.max(peak, megabytes());
}
console.log((Math.max(peak, megabytes()) - before).toFixed(1));
