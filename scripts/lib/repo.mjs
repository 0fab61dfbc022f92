import path from "node:path";

/** The checkout. */
export const root = path.resolve(import.meta.dirname, "../..");

/** A path inside the checkout. */
export const inRepo = (...parts) => path.join(root, ...parts);
