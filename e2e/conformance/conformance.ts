import { afterAll, beforeAll, describe, vi } from "vitest";
import type { Sandbox } from "@/e2e/sandbox/sandbox";
import { failures } from "./cases/failures";
import { flow } from "./cases/flow";
import { product } from "./cases/product";
import { steps } from "./cases/steps";
import { waits } from "./cases/waits";
import type { Engine } from "./engine";
import { Kit } from "./kit";

const all = { steps, failures, waits, flow };

/** The cases that hold for every engine, as tests of one. They run side by side: most of their time is waiting. */
export function conformance(engine: Engine, { sandbox }: { sandbox?: Sandbox } = {}): void {
  const kit = new Kit(engine);
  vi.setConfig({ testTimeout: 2 * engine.tolerances.answerMs, hookTimeout: 30_000, maxConcurrency: 50 });
  beforeAll(() => kit.start());
  afterAll(() => engine.stop());
  for (const [name, cases] of Object.entries(all)) describe(name, () => cases(kit));
  if (sandbox) describe("the product's own functions", () => product(kit, sandbox));
}
