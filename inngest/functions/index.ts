import type { InngestFunction } from "inngest";

/** Every function of the application; who runs them reads this list alone. */
export const functions: readonly InngestFunction.Any[] = [];
