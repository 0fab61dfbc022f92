import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixturesDir } from "@/e2e/vitest/external";
import { AppError } from "@/lib/errors";
import { identityOf } from "./entry";
import { fixtureCounts } from "./fixture-counts";
import { readJUnit } from "./junit";
import { readAll, readPath, readText } from "./test-read";
import { Warnings } from "./warnings";

/** The refusal, or a failed test. */
async function refusalOf(reading: Promise<unknown>): Promise<AppError> {
  const error = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error(`expected a refusal, got ${String(error)}`);
  return error;
}

const only = async (inner: string, pieceBytes?: number) => {
  const { entries } = await readText(
    `<testsuite name="s"><testcase name="t">${inner}</testcase></testsuite>`,
    pieceBytes,
  );
  const entry = entries[0];
  if (!entry) throw new Error("no entry");
  return entry;
};

describe.skipIf(!fixturesDir())("fixtures", () => {
  const root = fixturesDir("results");
  const files = root
    ? readdirSync(root, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".xml"))
        .sort()
    : [];

  it("[B2] has a counted row for every XML file of the fixtures", () => {
    expect(Object.keys(fixtureCounts).sort()).toEqual(files);
  });

  it.each(Object.entries(fixtureCounts))("[B2] reads %s as another parser does: %s", async (file, expected) => {
    const reading = readPath(path.join(root, file));
    const [kind, what] = expected.split(" ");
    if (kind === "line") {
      const error = await refusalOf(reading);
      expect(error.kind).toBe("invalid_input");
      expect(error.fields?.line).toBe(what);
    } else if (kind === "root") {
      expect((await refusalOf(reading)).message).toMatch(/looks like (an NUnit|a Maven)/);
    } else {
      const { passed, failed, error, skipped, flaky } = (await reading).counts;
      expect([passed, failed, error, skipped, flaky].join(" ")).toBe(expected);
    }
  });

  it.each([
    ["test-reporter/dotnet-trx.trx", /TRX/],
    ["test-reporter/dart-json.json", /JSON/],
    ["test-reporter/empty/mocha-json.json", /JSON/],
    ["test-reporter/external/java/files.txt", /./],
    ["action-junit-report/python/__init__.py", /empty/],
  ])("[B2] refuses %s and says what it looks like", async (file, words) => {
    const error = await refusalOf(readPath(path.join(root, file)));
    expect(error.kind).toBe("invalid_input");
    expect(error.message).toMatch(words);
  });
});

describe("what a file says", () => {
  it("[B1] knows a case by suite path, class name and name", async () => {
    const xml = `<testsuites name="all"><testsuite name="a"><testsuite name="b">
      <testcase classname="C" name="t" time="1,002.5" file="x.ts" line="3"/></testsuite></testsuite>
      <testsuite name="a"><testcase classname="C" name="t"/></testsuite></testsuites>`;
    const [first, second] = (await readText(xml)).entries;
    expect(first).toMatchObject({ suite: "a › b", className: "C", name: "t", durationMs: 1_002_500 });
    expect(first?.properties).toEqual({ file: "x.ts", line: "3" });
    expect(second?.suite).toBe("a");

    const identities = [first, second].map((entry) => entry && identityOf(entry));
    expect(identities[0]).toBe(createHash("sha256").update('["a › b","C","t"]').digest("hex"));
    expect(identities[0]).not.toBe(identities[1]);
  });

  it("[B1] prefers the property test_id for the identity", async () => {
    const of = (name: string) =>
      readText(`<testsuite name="s"><testcase name="${name}"><properties><property name="test_id" value="T-1"/>
        <property name="severity">high</property></properties></testcase></testsuite>`);
    const [before] = (await of("old name")).entries;
    const [after] = (await of("new name")).entries;
    expect([before, after].map((entry) => entry?.testId)).toEqual(["T-1", "T-1"]);
    expect(after && identityOf(after)).toBe(before && identityOf(before));
    expect(after?.properties).toEqual({ test_id: "T-1", severity: "high" });
  });

  it("[B2] tells failure from error, and keeps type, message and text of both", async () => {
    const entry = await only(
      `<failure message="m1" type="T1">stack 1</failure><error message="m2" type="T2">stack 2</error>`,
    );
    expect(entry).toMatchObject({ status: "error", type: "T1", message: "m1", stack: "m1\nstack 1\n\nm2\nstack 2" });
  });

  it("[B2] counts a test that failed and then passed in a rerun as flaky", async () => {
    const entry = await only(
      `<flakyFailure message="first" type="T"><stackTrace>trace</stackTrace><system-err>noise</system-err></flakyFailure>`,
    );
    expect(entry).toMatchObject({ status: "flaky", message: "first", stack: "trace", output: "noise", rerun: true });
    expect(entry.attempts).toEqual([{ status: "failed", type: "T", message: "first", stack: "trace", durationMs: 0 }]);
  });

  it("[B2] keeps a failure that every rerun repeated as failed, with its attempts", async () => {
    const entry = await only(
      `<failure message="now">n</failure><rerunFailure message="r1"><stackTrace>1</stackTrace></rerunFailure><rerunError message="r2"/>`,
    );
    expect(entry).toMatchObject({ status: "failed", message: "now" });
    expect(entry.attempts.map(({ status, message }) => [status, message])).toEqual([
      ["failed", "r1"],
      ["error", "r2"],
    ]);
  });

  it("[B2] reads output, CDATA and entities, and leaves [[ATTACHMENT|path]] as text", async () => {
    const entry = await only(
      `<system-out><![CDATA[a < b ]] c]]> &amp; [[ATTACHMENT|shots/1.png]]</system-out><system-err>&#x1F600;</system-err>`,
    );
    expect(entry.output).toBe("a < b ]] c & [[ATTACHMENT|shots/1.png]]\n😀");
  });
});

// The encoding is looked for in the first kilobyte, which is therefore always read as one piece.
const past = " ".repeat(1_100);

it("[B2] keeps terminal colours, written raw or as a reference", async () => {
  const xml = `<?xml version="1.0"?>${" ".repeat(1_100)}<testsuite name="s"><testcase name="t"><failure message="&#27;[31mred\u001b[0m"><![CDATA[\u001b[1mbold]]></failure></testcase></testsuite>`;
  for (const size of [1, 5, 65_536]) {
    const { entries } = await readText(xml, size);
    expect(entries[0]).toMatchObject({ message: "\u001b[31mred\u001b[0m", stack: "\u001b[1mbold" });
  }
  expect((await refusalOf(readText("<testsuite name='\u0001'/>"))).message).toContain("disallowed character");
});

describe("limits", () => {
  it("[B2] gives the same result for every chunk size", async () => {
    const xml = Buffer.from(
      `<?xml version="1.0"?>\r\n<!-- ä ${past} --><testsuites><testsuite name="é › 😀"><testcase name="a &amp; b"><failure message="x&#10;y\r\nz"><![CDATA[ü ]]] ]]>tail\r\n😀</failure>` +
        `<system-out>öut</system-out></testcase><testcase name="q"><rerunFailure/></testcase></testsuite></testsuites>`,
    );
    const whole = await readText(xml);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 500 }), async (size) => {
        expect(await readText(xml, size)).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  it("[B2] refuses a damaged file in the same words for every chunk size", async () => {
    const xml = Buffer.from(
      `<!--${past}--><testsuite name="ä">\r\n<testcase name="😀">&amp;<failure>x</failure>\n</testcase>\n</testsuite>`,
    );
    const outcome = (bytes: Buffer, size?: number) =>
      readText(bytes, size).then(
        ({ entries }) => `${entries.length} entries`,
        (error: AppError) => error.message,
      );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1_000, max: xml.length - 1 }),
        fc.constantFrom(0x3c, 0x26, 0xff, 0x00, 0x80, 0x3e, 0x22),
        fc.integer({ min: 1, max: 300 }),
        async (at, byte, size) => {
          const damaged = Buffer.from(xml);
          damaged[at] = byte;
          expect(await outcome(damaged, size)).toBe(await outcome(damaged));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("[B2] refuses a DTD: entities that expand, entities from files", async () => {
    const laughs = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><testsuite name="&b;"/>`;
    const external = `<!DOCTYPE t SYSTEM "file:///etc/passwd"><testsuite/>`;
    const endless = `<!DOCTYPE t [${"<!ENTITY a 'b'>".repeat(10_000)}`;
    for (const xml of [laughs, external, endless])
      for (const size of [1, 7, 65_536]) expect((await refusalOf(readText(xml, size))).message).toMatch(/\(DTD\)/);
  });

  it("[B2] says line and column of a malformed file", async () => {
    const error = await refusalOf(readText(`<testsuite>\n  <testcase name="a"></testsuite>`));
    expect(error.kind).toBe("invalid_input");
    expect(error.message).toContain("line 2, column 33");
    expect(error.fields).toMatchObject({ line: "2", column: "33" });
  });

  it("[B2] refuses a file that ends in the middle", async () => {
    const error = await refusalOf(readText(`<testsuites><testsuite name="a">\n<testcase name="b"/>`));
    expect(error.message).toContain("ends before <testsuite> is closed");
    expect(error.fields?.line).toBe("2");
  });

  it.each([
    ["UTF-8 with a byte order mark", Buffer.from("\ufeff<testsuite name='ä'><testcase name='ü'/></testsuite>")],
    [
      "UTF-16 LE",
      Buffer.from(
        "\ufeff<?xml version='1.0' encoding='utf-16'?><testsuite name='ä'><testcase name='ü'/></testsuite>",
        "utf16le",
      ),
    ],
    ["UTF-16 BE", Buffer.from("\ufeff<testsuite name='ä'><testcase name='ü'/></testsuite>", "utf16le").swap16()],
    [
      "ISO-8859-1",
      Buffer.from(
        "<?xml version='1.0' encoding='ISO-8859-1'?><testsuite name='ä'><testcase name='ü'/></testsuite>",
        "latin1",
      ),
    ],
    [
      "windows-1252",
      Buffer.from(
        "<?xml version='1.0' encoding='windows-1252'?><testsuite name='ä'><testcase name='ü'/></testsuite>",
        "latin1",
      ),
    ],
  ])("[B2] reads %s", async (_label, bytes) => {
    for (const size of [1, 3, 65_536]) {
      const { entries } = await readText(bytes, size);
      expect(entries[0]).toMatchObject({ suite: "ä", name: "ü" });
    }
  });

  it.each([
    [
      "bytes that are not UTF-8",
      Buffer.concat([
        Buffer.from("<testsuite>\n<testcase name='"),
        Buffer.from([0xe4]),
        Buffer.from("'/></testsuite>"),
      ]),
      /not valid UTF-8.*line 2/,
    ],
    [
      "an encoding that is declared but not used",
      Buffer.from("<?xml version='1.0' encoding='UTF-16'?><testsuite/>"),
      /says that it is encoded as UTF-16/,
    ],
    [
      "an encoding that we do not read",
      Buffer.from("<?xml version='1.0' encoding='EBCDIC'?><testsuite/>"),
      /EBCDIC is not supported/,
    ],
    ["UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]), /UTF-32/],
  ])("[B2] refuses %s with a clear sentence", async (_label, bytes, words) => {
    expect((await refusalOf(readText(bytes))).message).toMatch(words);
  });

  it("[B2] cuts long text with a warning", async () => {
    const { entries, warnings } = await readText(
      `<testsuite name="s"><testcase name="t"><failure message="${"m".repeat(40_000)}">${"s".repeat(300_000)}</failure></testcase></testsuite>`,
    );
    expect(entries[0]?.message).toHaveLength(32_768);
    expect(entries[0]?.stack).toHaveLength(262_144);
    expect(warnings).toHaveLength(2);
  });

  it("[B2] refuses deep nesting and too many attributes", async () => {
    expect((await refusalOf(readText("<testsuite>".repeat(201)))).message).toContain("nested more than 200 deep");
    const wide = Array.from({ length: 20_000 }, (_, index) => ` a${index}="1"`).join("");
    expect((await refusalOf(readText(`<testsuite${wide}/>`, 4_096))).message).toContain("too many");
  });

  it("[B2] cuts an attribute of 100 MB with a warning, and keeps memory flat", async () => {
    const before = process.memoryUsage.rss();
    let peak = 0;
    async function* huge() {
      yield Buffer.from(`<testsuite name="s"><testcase name="t" classname="`);
      const piece = Buffer.alloc(65_536, "c");
      for (let sent = 0; sent < 100_000_000; sent += piece.length) {
        yield piece;
        peak = Math.max(peak, process.memoryUsage.rss());
      }
      yield Buffer.from(`"/></testsuite>`);
    }
    const { entries, warnings } = await readAll(huge());
    expect(entries[0]?.className).toHaveLength(2_000);
    expect(warnings).toEqual(["A class name was cut at 2000 characters."]);
    expect((peak - before) / 1_048_576).toBeLessThan(100);
  }, 60_000);

  it("[B2] refuses more than two million test cases", async () => {
    async function* endless() {
      yield Buffer.from("<testsuite>");
      const piece = Buffer.from("<testcase/>".repeat(5_000));
      for (let index = 0; index < 1_000; index += 1) yield piece;
    }
    let read = 0;
    const reading = (async () => {
      for await (const batch of readJUnit(endless(), new Warnings())) read += batch.length;
    })();
    expect((await refusalOf(reading)).message).toContain("more than 2000000 test cases");
    expect(read).toBeGreaterThan(1_900_000);
  }, 60_000);
});
