import { hash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { fixturesDir } from "@/e2e/vitest/external";
import type { Entry } from "@/lib/results/formats/entry";
import { readPath } from "@/lib/results/formats/test-read";

/** A failure with the problem that it shows, as it was labelled before there was a grouping to judge. */
export type Labelled = {
  id: string;
  family: string;
  problem: string;
  isHeldOut: boolean;
  isNearMiss: boolean;
  type: string | null;
  message: string | null;
  stack: string | null;
  testName: string;
  suite: string;
};

const base = z.object({ id: z.string().min(1), problem: z.string().regex(/^[a-z0-9-]+(@[a-z0-9-]+)?$/) });
const written = base.extend({
  source: z.literal("written"),
  testName: z.string(),
  suite: z.string(),
  type: z.string().nullable(),
  message: z.string().nullable(),
  stack: z.string().nullable(),
});
/** A failure of a real file, which stays outside: the `nth` failed case of that name (0 is the first). */
const reference = base.extend({
  source: z.templateLiteral(["fixture:", z.string()]),
  testName: z.string(),
  nth: z.number().int().optional(),
});
const table = z.object({
  family: z.string(),
  failures: z.array(z.discriminatedUnion("source", [written]).or(reference)),
});

/**
 * A problem is written `look@cause` where others look alike, and only the part before the "@" chooses the half: problems
 * that are easily mistaken for each other are judged together, and what is learnt from one is never asked of its twin.
 * The number in the salt was chosen, before there was anything to judge, so that each family has about half on each side.
 */
export const isHeldOut = (problem: string): boolean =>
  (hash("sha256", `half-781721:${lookOf(problem)}`, "buffer")[0] ?? 0) % 2 === 1;

const lookOf = (problem: string): string => problem.split("@", 1)[0] ?? problem;

const tables = () =>
  readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => table.parse(JSON.parse(readFileSync(path.join(import.meta.dirname, file), "utf8"))));

/** The whole set, in a fixed order. Asks for the fixtures: a test without them is skipped. */
export async function labelledFailures(): Promise<Labelled[]> {
  const rows = tables().flatMap(({ family, failures }) => failures.map((row) => ({ family, ...row })));
  const causes = new Map<string, Set<string>>();
  for (const { problem } of rows) {
    const look = lookOf(problem);
    causes.set(look, (causes.get(look) ?? new Set()).add(problem));
  }
  const files = new Map<string, Promise<Entry[]>>();
  const failuresOf = (file: string) => {
    const reading = files.get(file) ?? readFailures(file);
    files.set(file, reading);
    return reading;
  };
  return Promise.all(
    rows.map(async ({ id, family, problem, ...row }) => ({
      id,
      family,
      problem,
      isHeldOut: isHeldOut(problem),
      isNearMiss: (causes.get(lookOf(problem))?.size ?? 0) > 1,
      ...("stack" in row ? textOf(row) : await textOfFixture(row.source, row.testName, row.nth ?? 0, failuresOf)),
    })),
  );
}

type Told = Pick<Labelled, "type" | "message" | "stack" | "testName" | "suite">;

const textOf = ({ type, message, stack, testName, suite }: Told): Told => ({ type, message, stack, testName, suite });

async function textOfFixture(
  source: string,
  testName: string,
  nth: number,
  failuresOf: (file: string) => Promise<Entry[]>,
): Promise<Told> {
  const failures = await failuresOf(source.slice("fixture:".length));
  const entry = failures.filter(({ name }) => name === testName)[nth];
  if (!entry) throw new Error(`${source} has no failure number ${nth} of ${testName}`);
  const { type, message, stack, className, suite } = entry;
  return { type, message, stack, testName, suite: className || suite };
}

async function readFailures(file: string): Promise<Entry[]> {
  const { entries } = await readPath(fixturesDir("results", file));
  return entries.filter(({ status }) => status === "failed" || status === "error");
}
