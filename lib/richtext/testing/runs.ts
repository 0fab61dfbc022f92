import { appendFileSync } from "node:fs";
import fc, { type RunDetails } from "fast-check";

/** How many documents each property of the conversions is tried on: `npm run test:fuzz` asks for more. */
export const runs = Number(process.env.FAULTLINE_FUZZ_RUNS ?? 700);

export const isLarge = runs > 1_000;

// Fixed, so that a red test is red for everybody; the large run draws anew and prints what it drew.
export const seed = Number(process.env.FAULTLINE_FUZZ_SEED ?? 20261120);

/** For `fc.assert`: how often, from which seed, and that the documents tried are counted. */
export const fuzz = {
  numRuns: runs,
  seed,
  endOnFailure: false,
  reporter: <T>(details: RunDetails<T>) => {
    const file = process.env.FAULTLINE_FUZZ_COUNT;
    if (file) appendFileSync(file, `${details.numRuns}\n`);
    if (details.failed) throw new Error(fc.defaultReportMessage(details));
  },
};
