import { sha256 } from "@/lib/crypto/sha256";
import type { ResultStatus } from "@/lib/db/generated/enums";

/** The statuses that a result file can tell; blocked and retest come from people. */
export type ReadStatus = Extract<ResultStatus, "passed" | "failed" | "error" | "skipped" | "flaky">;

/** How one attempt ended. */
export type Attempt = {
  status: ReadStatus;
  type: string | null;
  message: string | null;
  stack: string | null;
  durationMs: number;
};

/** One test case element of a result file, whatever the format. */
export type Entry = Attempt & {
  /** Suites from the outermost to the innermost, joined by " › ". */
  suite: string;
  className: string;
  name: string;
  /** What the identity is made of where that is not (suite, class name, name): before they were cut. */
  identityKey: string | null;
  /** The property `test_id`: then it alone is the identity, and suite and name may change. */
  testId: string | null;
  output: string | null;
  properties: Record<string, string> | null;
  /** Attempts before the last one, oldest first. */
  attempts: Attempt[];
  /** True when the file marks the element as one that was run again. */
  rerun: boolean;
};

/** sha-256 (hex) of the property `test_id`, or of (suite path, class name, name). */
export const identityOf = ({ testId, identityKey, suite, className, name }: Entry): string =>
  sha256(testId === null ? (identityKey ?? JSON.stringify([suite, className, name])) : JSON.stringify([testId]));

export type Counts = Record<ReadStatus, number>;

export const noCounts = (): Counts => ({ passed: 0, failed: 0, error: 0, skipped: 0, flaky: 0 });

/** What is kept of a file, in characters; longer text is cut with a warning. Stated in the API's description. */
export const limits = {
  name: 2_000,
  suite: 4_000,
  type: 1_000,
  message: 32_768,
  stack: 262_144,
  output: 262_144,
  propertyName: 200,
  property: 4_096,
  properties: 100,
  attempts: 50,
  /** One attribute, as parsed. */
  attribute: 1_048_576,
  /** All attributes of one element together; more is refused. */
  element: 8_388_608,
  depth: 200,
  cases: 2_000_000,
  warnings: 20,
} as const;
