import { prisma } from "@/lib/db/client";
import { doc, italic, link, paragraph } from "@/lib/richtext/build";
import { parseDoc } from "@/lib/richtext/doc";
import type { BodyInput } from "@/lib/trackers/tracker";
import { resultUrl } from "./addresses";

type Place = { workspaceId: string; projectId: string };
type Source = Place & { resultIds: readonly string[]; description: unknown; marker: string | null };

/** The text as the tracker gets it, for the preview and for the creating call alike: one way, so that they agree. */
export async function bodyOf({ resultIds, description, marker, ...place }: Source): Promise<BodyInput> {
  const back = await linkBack(place, resultIds);
  return { description: parseDoc(description), marker, ...back };
}

/** The line under the text that leads from the issue to Faultline. */
async function linkBack({ workspaceId, projectId }: Place, [resultId]: readonly string[]) {
  const first = await prisma.testResult.findFirst({
    where: { workspaceId, projectId, id: { in: resultId ? [resultId] : [] } },
    select: { id: true, runId: true, run: { select: { number: true } } },
  });
  if (!first) return null;
  const url = resultUrl({ projectId, runId: first.runId, resultId: first.id });
  const text = paragraph(italic("Filed from Faultline: ", link(url, `run ${first.run.number}`), "."));
  return { footer: doc(text), fullTextUrl: url };
}
