import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Labelled } from "./labelled";

const table = z.object({
  family: z.string().min(1),
  failures: z.array(
    z.object({
      id: z.string().min(1),
      problem: z.string().regex(/^[a-z0-9-]+(@[a-z0-9-]+)?$/),
      source: z.literal("written"),
      testName: z.string().min(1),
      suite: z.string(),
      type: z.string().nullable(),
      message: z.string().nullable(),
      stack: z.string().nullable(),
    }),
  ),
});

/** The failures of a folder of tables, which were written by hand, in a fixed order. */
export function writtenFailures(folder: string): Labelled[] {
  const rows = readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => table.parse(JSON.parse(readFileSync(path.join(folder, file), "utf8"))))
    .flatMap(({ family, failures }) => failures.map(({ source: _, ...row }) => ({ family, ...row })));
  const causes = new Map<string, Set<string>>();
  for (const { problem } of rows) causes.set(lookOf(problem), (causes.get(lookOf(problem)) ?? new Set()).add(problem));
  return rows.map((row) => ({
    ...row,
    isHeldOut: true,
    isNearMiss: (causes.get(lookOf(row.problem))?.size ?? 0) > 1,
  }));
}

/** A problem is written `look@cause` where others look alike: what stands before the "@" is shared by the twins. */
export const lookOf = (problem: string): string => problem.split("@", 1)[0] ?? problem;
