/** What a report says of a failure. */
export type FailureText = {
  type: string | null;
  message: string | null;
  stack: string | null;
  /** The test, where it is known. */
  suite?: string;
  name?: string;
};

/** What failures of one cause have in common: their varying parts masked, everything bounded. */
export type Parts = {
  /** Of the innermost cause, without its package; "" where none is named. */
  type: string;
  /** At most 500 characters. */
  message: string;
  /** The project's own that tell the cause, nearest first: at most 8 of 300 characters. */
  frames: string[];
  /** A varying part that a person has declared to matter. */
  refined?: { label: string; value: string };
  /** Evidence for being alike, and no part of the hash: of where it was seen first. */
  seen?: Seen;
};

export type Seen = {
  suite: string;
  test: string;
  /** In the product and in tests, nearest first: at most 8 of 300 characters each. */
  product: string[];
  tests: string[];
  /** What was masked and may be a name: at most 8 of 80 characters. */
  values: string[];
};

export type Fingerprint = {
  /** 128 bits over the version and the parts, as a UUID. */
  hash: string;
  parts: Parts;
  /** int4; fingerprints that are alike share at least one. */
  bands: number[];
};

/** What a split tells failures of one fingerprint apart by. */
export type Keep =
  | { kind: "value"; index: number }
  | { kind: "frame"; depth: number }
  | { kind: "suite" }
  | { kind: "case" };

/** Where a failure happened. */
export type Place = { suite: string; name: string };

/** A split that can be offered for a failure; `value` is what this failure has there, "" where only its place tells. */
export type Split = { keep: Keep; label: string; value: string };

/** How failures become fingerprints. A change of what it answers is a new version: see the upgrade job. */
export type Algorithm = {
  version: number;
  /** From which similarity on a new fingerprint joins a known one's group. */
  threshold: number;
  fingerprint(failure: FailureText): Fingerprint;
  /** 0 to 1; symmetric, 1 for equal parts. */
  similarity(a: Parts, b: Parts): number;
  splits(failure: FailureText): Split[];
  /** The base's fingerprint with what is kept of this failure; those of other values are never alike. */
  refine(base: Fingerprint, keep: Keep, failure: FailureText, place: Place): Fingerprint;
  /** One line for people. */
  titleOf(parts: Parts): string;
};
