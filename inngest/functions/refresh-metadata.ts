import { inngest } from "@/inngest/client";
import { metadataStale } from "@/inngest/events";
import { refreshMetadata } from "@/lib/integrations/metadata";

/** Somebody was shown what a tracker said a while ago: ask it again, for the next one. */
export const refreshMetadataJob = inngest.createFunction(
  {
    id: "refresh-metadata",
    triggers: [{ event: metadataStale.name }],
    // Whoever opens the form next asks again, if it is still needed.
    retries: 0,
    concurrency: [{ key: "event.data.workspaceId", limit: 4 }],
  },
  async ({ event, step }) => {
    const { cacheId, workspaceId } = metadataStale.read(event.data);
    return step.run("refresh", () => refreshMetadata(cacheId, workspaceId));
  },
);
