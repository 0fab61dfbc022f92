import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { fixturesDir } from "@/e2e/vitest/external";
import { fuzz } from "../testing/runs";
import { examples, harmless } from "../testing/secret-examples";
import { findSecrets } from "./find";
import { patterns, secretNames } from "./patterns";
import { secretsOf } from "./stream";

const kinds = new Set([...patterns, ...secretNames, { kind: "private-key" }].map(({ kind }) => kind));
const spans = (text: string, kind: string) =>
  findSecrets(text)
    .filter((found) => found.kind === kind)
    .map(({ from, to }) => text.slice(from, to));

describe("findSecrets", () => {
  it("[G5] has at least five examples of each kind, and five of what is none", () => {
    expect(Object.keys(examples).sort()).toEqual([...kinds].sort());
    for (const { finds, ignores } of Object.values(examples)) {
      expect(finds.length).toBeGreaterThanOrEqual(5);
      expect(ignores.length).toBeGreaterThanOrEqual(5);
    }
  });

  it.each(Object.keys(examples))("[G5] finds each %s, exactly", (kind) => {
    for (const example of examples[kind]?.finds ?? []) {
      const secret = /«([\s\S]*)»/.exec(example)?.[1];
      const found = findSecrets(example.replace(/[«»]/g, ""));
      const from = example.indexOf("«");
      const covering = found.filter((one) => one.from <= from && one.to >= from + (secret?.length ?? 0));
      expect(covering, example).toHaveLength(1);
      // Where a more telling kind finds the same, that one stands for both.
      if (covering[0]?.kind === kind) expect(spans(example.replace(/[«»]/g, ""), kind), example).toEqual([secret]);
    }
    const ofThisKind = examples[kind]?.finds.filter((one) => spans(one.replace(/[«»]/g, ""), kind).length > 0).length;
    expect(ofThisKind).toBeGreaterThanOrEqual(4);
  });

  it.each(Object.keys(examples))("[G5] takes nothing else for a %s", (kind) => {
    for (const example of examples[kind]?.ignores ?? []) expect(spans(example, kind), example).toEqual([]);
  });

  it("[G5] finds nothing in what failed tests are full of", () => {
    for (const text of harmless) expect(findSecrets(text), text).toEqual([]);
    expect(findSecrets(harmless.join("\n"))).toEqual([]);
  });

  it("[G5] never has the secret in what it says of it", () => {
    for (const { finds } of Object.values(examples)) {
      for (const example of finds) {
        const secret = /«([\s\S]*)»/.exec(example)?.[1] ?? "";
        if (secret.length < 6) continue;
        expect(JSON.stringify(findSecrets(example.replace(/[«»]/g, "")))).not.toContain(secret.slice(0, 40));
      }
    }
  });

  it("[G5] finds nothing in the reports of other projects but what they made up", () => {
    const folder = fixturesDir("results");
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    const found = files.flatMap((file) => {
      const text = readFileSync(join(file.parentPath, file.name), "utf8");
      return findSecrets(text).map(
        ({ kind, from }) => `${file.name}:${text.slice(0, from).split("\n").length} ${kind}`,
      );
    });
    console.info(
      `secrets: ${found.length} findings in ${files.length} reports${found.length > 0 ? `: ${found.join(", ")}` : ""}`,
    );
    expect(found).toEqual([]);
  });

  it("[G5] finds the same in a text that comes in pieces, however it is cut", async () => {
    const pieces = [...Object.values(examples).flatMap(({ finds, ignores }) => [...finds, ...ignores]), ...harmless];
    const filler = "    at run (/app/src/index.ts:1:2)\n".repeat(3_000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...pieces.map((piece) => piece.replace(/[«»]/g, "")), filler), {
          minLength: 8,
          maxLength: 30,
        }),
        fc.integer({ min: 1_000, max: 300_000 }),
        async (parts, size) => {
          const text = parts.join("\n");
          const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
            text.slice(i * size, (i + 1) * size),
          );
          const found = [];
          for await (const one of secretsOf(chunks)) found.push(one);
          expect(found).toEqual(findSecrets(text));
        },
      ),
      { ...fuzz, numRuns: Math.ceil(fuzz.numRuns / 50) },
    );
  }, 120_000);

  it("[G5] reads a hostile megabyte once", () => {
    const names = [
      ...patterns.flatMap(({ anchors }) => anchors),
      ...secretNames.flatMap((one) => one.names),
      "-----BEGIN ",
    ];
    const hostile = [
      ...names.flatMap((name, i) => [name, `${name}${["1", "=a1B", ': "', ":a1B'"][i % 4]}`]),
      ...[
        "*",
        "[",
        "<",
        "|",
        "\n",
        "a",
        "A",
        "=",
        ":",
        "://a:",
        "-----BEGIN RSA PRIVATE KEY-----",
        `${names.join("")}`,
      ],
    ];
    const ms = (text: string) => {
      // The processor's time: the machine may be busy with other tests.
      const start = process.cpuUsage();
      findSecrets(text);
      return process.cpuUsage(start).user / 1_000;
    };
    for (const part of hostile) {
      const text = part.repeat(Math.ceil(1_048_576 / part.length));
      // Quadratic would be minutes; the bench says how fast it is.
      expect(ms(text), part).toBeLessThan(1_500);
    }
  }, 240_000);
});
