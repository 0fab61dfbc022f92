import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { OutboundError, outcomeOf } from "@/lib/http/outcome";
import type { OutboundCallRecord } from "@/lib/http/transport";
import { redact } from "@/lib/redact";

/** Whose log a call belongs to. An integration that is only being tried has no id yet. */
export type CallOwner = { workspaceId: string; integrationId: string | null; connectionId: string | null };

/**
 * Writes each outbound call of an owner into the integration log: where it went and what became of it, no contents, and
 * none of the secrets given, which the other side may put where it names the request.
 */
export function recordCalls(owner: CallOwner, secrets: readonly string[] = []) {
  let last: { id: string; status: number | null; outcome: string } | null = null;
  return {
    async record({ runId, host, pathTemplate, requestId, ...call }: OutboundCallRecord): Promise<void> {
      last = await prisma.outboundCall.create({
        data: {
          ...call,
          ...owner,
          id: newId(),
          jobRunId: runId,
          // A template holds no ids, but a path that no template knew may hold anything.
          host: redact(host, secrets).slice(0, 255),
          pathTemplate: redact(pathTemplate, secrets).slice(0, 500),
          requestId: requestId && redact(requestId, secrets),
        },
        select: { id: true, status: true, outcome: true },
      });
    },

    /** A status alone may promise more than its answer holds: then what the tracker's adapter made of it is what counts. */
    async judge(error: unknown): Promise<void> {
      const known = error instanceof OutboundError ? error : null;
      if (last?.outcome !== "accepted" || (known && known.status !== last.status)) return;
      const data = { outcome: outcomeOf(error), errorCode: known?.kind ?? "internal" };
      await prisma.outboundCall.updateMany({ where: { id: last.id }, data });
    },
  };
}
