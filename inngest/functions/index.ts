import type { InngestFunction } from "inngest";
import { createIssue } from "./create-issue";

/** Every function of the application; who runs them reads this list alone. */
export const functions: readonly InngestFunction.Any[] = [createIssue];
