import { ExternalLink } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import type { CreationView } from "@/lib/issues/shapes";

type Props = {
  creation: CreationView;
  /** Lets go of the creation and leads to the form; absent: the reader may only look. */
  onLetGo?: (() => Promise<unknown>) | undefined;
};

/** The tracker's own form, filled in. What goes on by itself is let go of first, or there would be two issues. */
export function FileThere({ creation, onLetGo }: Props) {
  const { state, title, externalProject, newIssueUrl, isNewIssueUrlCut, mayBeThere } = creation;
  if (newIssueUrl)
    return (
      <Button size="sm" variant="ghost" asChild>
        <a href={newIssueUrl} target="_blank" rel="noopener noreferrer">
          <ExternalLink aria-hidden /> File it there yourself{isNewIssueUrlCut && " (text cut)"}
        </a>
      </Button>
    );
  if (state !== "held" || !onLetGo) return null;
  return (
    <Confirm
      trigger={
        <Button size="sm" variant="ghost">
          <ExternalLink aria-hidden /> File it there yourself…
        </Button>
      }
      title={`File “${title}” yourself?`}
      consequence={
        <>
          {mayBeThere && `It may have been created already: look in ${externalProject} first. `}
          Faultline lets go of it and does not create it any more, so that there is one issue. What was typed is kept.
        </>
      }
      action={`Let go and open ${externalProject}`}
      onConfirm={onLetGo}
    />
  );
}
