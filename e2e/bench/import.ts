import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pool } from "@/lib/db/client";
import { print } from "./lib/figure";
import { writeJUnitFile } from "./lib/junit-file";
import { parseFigures, residentGrowth } from "./lib/parse";
import { makeMember, parallelFigure, storeFigures } from "./lib/store";

/** The import figures of reading and storing JUnit files. */
const dir = mkdtempSync(path.join(tmpdir(), "faultline-bench-"));
const file = (name: string) => path.join(dir, name);

try {
  const cases = writeJUnitFile(file("50.xml"), { bytes: 50e6 });
  await parseFigures(file("50.xml"), cases);

  for (const megabytes of [5, 50, 200]) {
    writeJUnitFile(file("grow.xml"), { bytes: megabytes * 1e6 });
    print({
      bench: "import",
      figure: `resident growth, ${megabytes} MB`,
      value: residentGrowth(file("grow.xml")),
      unit: "MB",
      limit: "<= 60",
    });
  }
  writeFileSync(
    file("grow.xml"),
    `<testsuite name="s"><testcase name="t" classname="${"c".repeat(100e6)}"/></testsuite>`,
  );
  print({
    bench: "import",
    figure: "resident growth, one attribute of 100 MB",
    value: residentGrowth(file("grow.xml")),
    unit: "MB",
    limit: "<= 60",
  });

  const member = await makeMember();
  writeJUnitFile(file("100k.xml"), { cases: 100_000 });
  await storeFigures(member, file("100k.xml"), 100_000);

  const shards = Array.from({ length: 8 }, (_, shard) => file(`shard-${shard}.xml`));
  for (const [shard, name] of shards.entries()) writeJUnitFile(name, { cases: 12_500 }, { from: shard * 12_500 });
  await parallelFigure(member, shards, 100_000);
} finally {
  rmSync(dir, { recursive: true });
  await pool.end();
}
