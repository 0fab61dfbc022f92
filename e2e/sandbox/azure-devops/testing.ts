import { afterAll, afterEach, expect } from "vitest";
import { specFileOf } from "../spec-files";
import { specNames, startAzureDevops } from "./server";

/** The local Azure DevOps of one test file. To be imported before anything of the product. */
export const azure = await startAzureDevops({ specFiles: specNames.flatMap((name) => specFileOf(name) ?? []) });
process.env.FAULTLINE_ALLOW_PRIVATE_NETWORKS = new URL(azure.url).host;

afterEach(() => expect(azure.violations() ?? []).toEqual([]));
afterAll(() => azure.close());
