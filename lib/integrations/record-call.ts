import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import type { OutboundCallRecord } from "@/lib/http/transport";
import { redact } from "@/lib/redact";

/** Whose log a call belongs to. An integration that is only being tried has no id yet. */
export type CallOwner = { workspaceId: string; integrationId: string | null; connectionId: string | null };

/** Writes each outbound call of an owner into the integration log: where it went and what became of it, no contents. */
export const recordCall =
  (owner: CallOwner) =>
  async ({ runId, host, pathTemplate, ...call }: OutboundCallRecord): Promise<void> => {
    await prisma.outboundCall.create({
      data: {
        ...call,
        ...owner,
        id: newId(),
        jobRunId: runId,
        // A template holds no ids, but a path that no template knew may hold anything.
        host: redact(host).slice(0, 255),
        pathTemplate: redact(pathTemplate).slice(0, 500),
      },
      select: { id: true },
    });
  };
