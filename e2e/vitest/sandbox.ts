import { afterAll, afterEach, expect } from "vitest";
import { startSandbox } from "@/e2e/sandbox/sandbox";

/**
 * The local trackers of one test file. To be imported before anything of the product, as sorted imports do: which
 * addresses may be called is read once. Every exchange has to fit the official descriptions, where they are given.
 */
export const sandbox = await startSandbox();
process.env.FAULTLINE_ALLOW_PRIVATE_NETWORKS = sandbox.allow.join(",");

afterEach(() => expect(sandbox.violations() ?? []).toEqual([]));
afterAll(() => sandbox.close());
