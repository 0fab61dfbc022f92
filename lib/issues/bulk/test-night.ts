import { runUntilIdle } from "@/inngest/embedded/testing";
import { bulkCreate } from "@/inngest/functions/bulk-create";
import { createIssue } from "@/inngest/functions/create-issue";
import type { Member } from "@/lib/auth/member";
import { makeFreshScene } from "../test-scene";
import { type BulkInput, bulkInput } from "./inputs";
import { planBulk } from "./plan";
import { showBulk } from "./show";
import { startBulk } from "./start";
import { type Failures, makeFailures } from "./test-failures";

/** For tests: a run with these failures, in a project whose issues go to the sandbox. */
export async function makeNight(sandbox: Parameters<typeof makeFreshScene>[0], failures: readonly Failures[]) {
  const scene = await makeFreshScene(sandbox);
  const night = await makeFailures(scene.owner, failures);
  const inputOf = (change: Partial<BulkInput> = {}): BulkInput =>
    bulkInput.parse({
      runId: night.runId,
      integrationId: scene.integrationId,
      mode: "separate",
      selection: null,
      ...change,
    });
  const as = (member: Member = scene.member) => ({
    plan: (change?: Partial<BulkInput>) => planBulk(member, inputOf(change)),
    start: async (change?: Partial<BulkInput>) => (await startBulk(member, inputOf(change))).id,
    show: (bulkId: string) => showBulk(member, bulkId, { limit: 500 }),
  });
  return { ...scene, ...night, inputOf, as, ...as() };
}

/** Works off what is asked for, until nothing is due. */
export const workOff = (timeoutMs = 15_000) => runUntilIdle([bulkCreate, createIssue], { timeoutMs });
