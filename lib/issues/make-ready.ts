import type { Member } from "@/lib/auth/member";
import { AppError } from "@/lib/errors";
import type { RichDoc } from "@/lib/richtext/doc";
import { type Finding, outgoing } from "@/lib/richtext/outgoing";
import { trackerOf } from "@/lib/trackers/registry";
import { descriptionOf } from "./description";
import { checkRevealed } from "./drafts";
import { getActiveAssignment, labelsOf, refuseLinkedOnly, targetOf } from "./find-target";
import { type FiledAs, fileAs } from "./form/file-as";
import { frameOf } from "./frame";
import { newIssueForm } from "./new-issue-form";
import type { CreationInput } from "./request-creation";
import type { CreationView } from "./shapes";

type Warning = CreationView["warnings"][number];

/** What is stored of what was asked for. */
export type Ready = ReturnType<typeof newIssueForm> &
  Omit<FiledAs, "labels"> & {
    title: string;
    description: RichDoc;
    labels: string[];
    revealed: string[];
    attached: string[];
    /** What is said of it at once. */
    warnings: Warning[];
  };

/**
 * The text that is asked for, converted and judged before anything is locked: what cannot be sent is refused on its
 * field, and nothing is begun.
 */
export async function makeReady(member: Member, input: CreationInput): Promise<Ready> {
  checkRevealed(member, input.revealed, Boolean(input.draftId));
  const assignment = await getActiveAssignment(member, input.integrationId);
  const { integration } = assignment;
  refuseLinkedOnly(integration);
  const target = targetOf(assignment, input.externalProject);
  const { bodyFormat, limits } = trackerOf(integration.provider);
  const { labels: labelsOfForm, ...filed } = await fileAs({ ...member, assignment, target }, input);
  const takesLabels = labelsOfForm !== "none";
  const stored = {
    title: input.title,
    description: descriptionOf(input.description, { integrationId: integration.id, bodyFormat }),
    labels: takesLabels ? labelsOf(assignment, input.labels) : [],
    revealed: [...(input.revealed ?? [])],
    attached: [...(input.attached ?? [])],
  };
  const { resultIds } = input;
  const framed = await frameOf({ ...member, ...stored, integration, resultIds, marker: null });
  const { title, labels, findings } = outgoing(framed.frame, framed.content, framed.own);
  checkTitle(title, limits.titleChars);
  return {
    ...stored,
    // Shown in lists and logs, and compared with what the tracker answers: as they are sent.
    title,
    labels,
    ...filed,
    ...newIssueForm({ ...integration, project: target, typeId: filed.typeId }, framed),
    // Who sends a form has seen them there.
    warnings: input.draftId ? [] : [...maskedWarning(findings), ...(takesLabels ? [] : noLabels(input.labels))],
  };
}

/** What a text that came without a form does not say of itself: that a part of it will not arrive. */
function maskedWarning(findings: readonly Finding[]): Warning[] {
  if (findings.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { hint } of findings) counts.set(hint, (counts.get(hint) ?? 0) + 1);
  const named = [...counts].map(([hint, count]) => `${hint} (${count})`).join(", ");
  return [
    {
      kind: "secrets_masked",
      message: `Masked before it was sent: ${named}. To send one as it is, create the issue in the form.`,
      counts: Object.fromEntries(counts),
    },
  ];
}

function noLabels(asked: readonly string[] = []): Warning[] {
  if (asked.length === 0) return [];
  return [{ kind: "labels_dropped", message: `Left out, for its form has no labels: ${asked.join(", ")}.` }];
}

function checkTitle(title: string, limit: number): void {
  if ([...title].length <= limit) return;
  const message = `The title has more than ${limit} characters.`;
  throw new AppError("invalid_input", message, { fields: { title: message } });
}
