import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pool } from "@/lib/db/client";
import { rawTransaction } from "@/lib/db/raw-transaction";
import { importResults } from "@/lib/results/import";
import { type Algorithm, algorithm } from "@/lib/triage/algorithm";
import { storeGroups } from "@/lib/triage/store-groups";
import { problems } from "./lib/failures";
import { print } from "./lib/figure";
import { writeJUnitFile } from "./lib/junit-file";
import { check, clear, makeMember, timed } from "./lib/store";

/** What folding the failures of a large run costs, of the time that its import takes. */
const failures = 50_000;
const dir = mkdtempSync(path.join(tmpdir(), "faultline-bench-"));
const file = path.join(dir, "red.xml");
const bench = "fold";

let readingMs = 0;
const watched: Algorithm = {
  ...algorithm,
  fingerprint(failure) {
    const start = performance.now();
    const made = algorithm.fingerprint(failure);
    readingMs += performance.now() - start;
    return made;
  },
};

try {
  writeJUnitFile(file, { cases: failures }, { failEvery: 1 });
  const member = await makeMember();
  const best = { reading: Infinity, unseen: Infinity, known: Infinity, whole: Infinity };
  let found = 0;
  for (let round = 0; round < 5; round += 1) {
    await clear();
    readingMs = 0;
    const { ms, value } = await timed(() => importResults(member, createReadStream(file), {}, { algorithm: watched }));
    check(value.totals.failed === failures, "all tests failed");
    best.whole = Math.min(best.whole, ms);
    best.reading = Math.min(best.reading, readingMs);

    // The end of an import once more, by itself: as though the project had seen none of it, and all of it.
    const fold = () =>
      rawTransaction((client) => storeGroups(client, member, value.run.id, { algorithm, masks: new Map() }));
    await pool.query(`truncate "FailureGroup", "RunFingerprint" cascade`);
    best.unseen = Math.min(best.unseen, (await timed(fold)).ms);
    best.known = Math.min(best.known, (await timed(fold)).ms);
    const { rows } = await pool.query<{ groups: number; failures: number }>(
      `select (select count(*) from "FailureGroup")::int as groups, sum(failures)::int as failures from "RunFingerprint"`,
    );
    found = rows[0]?.groups ?? 0;
    check(rows[0]?.failures === failures, "every failure is counted");
  }
  check(Math.abs(found - problems) < problems / 5, `${found} groups of ${problems} problems`);
  const limit = "<= 2000";
  print({ bench, figure: "50,000 failures, none seen before", value: best.reading + best.unseen, unit: "ms", limit });
  print({ bench, figure: "50,000 failures, all known", value: best.reading + best.known, unit: "ms", limit });
  print({ bench, figure: "fingerprints of 50,000 failures", value: best.reading, unit: "ms" });
  print({ bench, figure: "groups and counts, none seen before", value: best.unseen, unit: "ms" });
  print({ bench, figure: "groups and counts, all known", value: best.known, unit: "ms" });
  print({ bench, figure: "groups found", value: found, unit: `of ${problems} problems` });
  print({ bench, figure: "the whole import", value: best.whole, unit: "ms" });
} finally {
  rmSync(dir, { recursive: true });
  await pool.end();
}
