import type { Member } from "@/lib/auth/member";
import { statusUrlOf } from "./addresses";
import { getIssue } from "./find-issue";
import { type CreationInput, requestCreation } from "./request-creation";
import type { CreationView } from "./shapes";
import { awaitCreation } from "./show-creation";

/** What a request came to, as it is kept for repetitions. */
type Started = {
  outcome: "started" | "joined" | "exists";
  creation: { id: string; state: string } | null;
  issueId: string | null;
  warnings?: CreationView["warnings"] | undefined;
};

/** The two halves of answering "create an issue": the one that must happen once, and the one that only looks. */
export const answerRequest = {
  async start(member: Member, input: CreationInput): Promise<Started> {
    const requested = await requestCreation(member, input);
    const { outcome, creation } = requested;
    if (requested.outcome === "exists") return { outcome, creation, issueId: requested.issueIds[0] ?? null };
    return { outcome, creation, issueId: null, warnings: requested.warnings };
  },

  /** 201 with the issue when it is there in time, 202 while it is on its way, 200 when there is one already. */
  async settle(member: Member, { outcome, creation, issueId, warnings }: Started, waitMs: number) {
    const statusUrl = creation ? statusUrlOf({ projectId: member.projectId, id: creation.id }) : undefined;
    if (outcome === "exists" && issueId) {
      const { links: _, linkCount: __, ...issue } = await getIssue(member, issueId);
      return { status: 200, exists: true, creation, statusUrl, issue };
    }
    const more = { ...(outcome === "joined" && { joined: true }), ...(warnings && { warnings }) };
    if (!creation || waitMs === 0) return { status: 202, creation, statusUrl, ...more };

    const now = await awaitCreation(member, creation.id, waitMs);
    const { id, state, error } = now.creation;
    return {
      status: state === "created" ? 201 : 202,
      creation: { id, state, ...(error && { error }) },
      statusUrl,
      ...more,
      ...(now.issue && { issue: now.issue }),
    };
  },
};
