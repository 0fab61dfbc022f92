import type { CreationView } from "@/lib/issues/shapes";

const reasons: Record<NonNullable<CreationView["whyNoEdit"]>, (creation: CreationView) => string> = {
  not_yours: ({ requestedBy }) => `Only ${requestedBy.name}, who asked for it, can edit it.`,
  may_be_there: () => "It cannot be edited any more: an earlier call may have created it with this text.",
  no_form: () => "It was sent without a form, so that there is none to edit. Dismiss it to file it with one.",
};

/** Where the row offers no edit: the reason, and what to do instead. */
export function WhyNoEdit({ creation }: { creation: CreationView }) {
  const { whyNoEdit, draft } = creation;
  if (whyNoEdit) return <p className="text-muted">{reasons[whyNoEdit](creation)}</p>;
  if (!draft) return null;
  const noun = draft.groupId ? "problem" : "result";
  return <p className="text-muted">It can be edited at the {noun} that it was filed from.</p>;
}
