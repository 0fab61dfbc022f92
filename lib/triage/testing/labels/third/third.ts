import type { Labelled } from "../labelled";
import { writtenFailures } from "../written";

/** The tunable half of failures that were labelled blind before the second version of the algorithm. */
export const thirdFailures = (): Labelled[] => writtenFailures(import.meta.dirname);
