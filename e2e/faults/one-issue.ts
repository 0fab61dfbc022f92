import { expect } from "vitest";
import { prisma } from "@/lib/db/client";
import { getOrStartDraft } from "@/lib/issues/drafts";
import { type FreshScene, readCreation } from "@/lib/issues/test-scene";
import { toWarnings } from "@/lib/issues/views";
import { github } from "@/lib/trackers/github";

/** Nothing may be stuck for longer: a minute after what the tracker's index is stated to need. */
export const stuckAfterMs = 60_000 + github.marker.indexDelayMs;
export const stuckAfter = `≤ ${stuckAfterMs / 1_000} s`;

/** For the summary. */
export const inSeconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** What a person sends from the form of the scene's first failure; its draft's id is the creation's too. */
export async function fillForm(scene: Pick<FreshScene, "integrationId" | "member" | "results">) {
  const { resultId } = scene.results[0];
  const { id: draftId } = await getOrStartDraft(scene.member, { integrationId: scene.integrationId, resultId });
  return {
    integrationId: scene.integrationId,
    title: "Payment times out",
    description: "The gateway does not answer.",
    resultIds: [resultId],
    draftId,
  };
}

/** What has to be known of a scene, in whatever tracker. */
type Counted = Pick<FreshScene, "admin" | "integrationId" | "projectId" | "results"> & {
  createdCount(): Promise<number>;
};

type Expected = { mayBeCut?: boolean; runs?: number };

/** One issue, one link, one row for it, nothing under way. `mayBeCut`: a shorter text may have been asked for. */
export async function expectOne(
  scene: Counted,
  creationId: string,
  { mayBeCut = false, runs: mostRuns = 1 }: Expected = {},
): Promise<void> {
  const creation = await readCreation(creationId);
  expect(creation).toMatchObject({ state: "created", errorKind: null, retryAt: null, issueId: expect.any(String) });
  expect(creation.finishedAt).not.toBeNull();
  const warnings = toWarnings(creation.warnings).filter(({ kind }) => !(mayBeCut && kind === "body_cut"));
  expect(warnings).toEqual([]);
  expect(await scene.createdCount()).toBe(1);
  const links = await prisma.issueLink.findMany({ where: { projectId: scene.projectId } });
  expect(links).toMatchObject([{ resultId: scene.results[0].resultId, issueId: creation.issueId }]);
  expect(await prisma.externalIssue.count({ where: { integrationId: scene.integrationId } })).toBe(1);
  expect(await prisma.issueCreation.count({ where: { projectId: scene.projectId } })).toBe(1);
  expect(await prisma.issueCreationSource.count({ where: { creationId, finished: false } })).toBe(0);
  const runs = await prisma.executorRun.findMany({ where: { workspaceId: scene.admin.workspaceId } });
  expect(runs.map(({ state }) => state)).toEqual(Array(mostRuns).fill("completed"));
}
