import type { ErrorKind } from "@/lib/errors";

/** Somebody has to mend the integration or its credential; then the same creation can go on. */
export const waitsForPeople: readonly ErrorKind[] = [
  "tracker_unauthorized",
  "integration_disabled",
  "not_connected",
  "secret_unreadable",
];
