import type { TestProject } from "vitest/node";
import { joinServer } from "./server";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the workers clone their databases; `runner` is the pid that stands in their names. */
    postgres: { serverUrl: string; template: string; runner: number };
  }
}

/** Before all tests: a PostgreSQL and a migrated template. After them: nothing is left. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { serverUrl, template, leave } = await joinServer();
  project.provide("postgres", { serverUrl, template, runner: process.pid });
  return leave;
}
