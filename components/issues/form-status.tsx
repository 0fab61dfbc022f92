import { Check, CloudAlert, ExternalLink, LoaderCircle } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { PreviewView } from "@/lib/issues/shapes";
import type { Saving } from "./use-draft";

type Props = {
  saving: Saving;
  preview: PreviewView | undefined;
  onTakeNewer: () => void;
  onKeepMine: () => void;
};

/** Under the form: who the author will be and why, and whether what was typed is safe. */
export function FormStatus({ saving, preview, onTakeNewer, onKeepMine }: Props) {
  const author = preview?.author;
  return (
    <div className="flex flex-col gap-2">
      {saving.state === "changed" && (
        <Notice
          tone="warning"
          title="This draft was changed in another tab or on another device"
          action={
            <div className="flex flex-wrap justify-end gap-1.5">
              <Button size="sm" onClick={onTakeNewer}>
                Show that one
              </Button>
              <Button size="sm" onClick={onKeepMine}>
                Keep this one
              </Button>
            </div>
          }
        >
          Nothing is overwritten until you choose.
        </Notice>
      )}
      {saving.state === "gone" && (
        <Notice tone="warning" title="This draft was sent or discarded in another tab">
          Copy what you want to keep, then close this and open it again.
        </Notice>
      )}
      {author && !author.isUsable && (
        <Notice tone="warning" title="The stored credential does not work at the moment">
          The issue will wait until an administrator has entered a new one.
        </Notice>
      )}
      <div className="flex min-h-5 flex-wrap items-center justify-between gap-x-4 gap-y-1 text-meta text-muted">
        <p>
          {author?.login && (
            <>
              Will be filed as <strong className="font-medium text-fg">{author.name}</strong>
              {author.name !== author.login && ` (${author.login})`} because {author.reason}.
            </>
          )}
        </p>
        <p className="flex items-center gap-3">
          {preview && (
            <a
              href={preview.newIssueUrl}
              target="_blank"
              rel="noopener noreferrer"
              className="inline-flex items-center gap-1 hover:text-fg hover:underline"
            >
              File it there yourself <ExternalLink className="size-3" aria-hidden />
            </a>
          )}
          <SavingMark saving={saving} />
        </p>
      </div>
    </div>
  );
}

function SavingMark({ saving }: { saving: Saving }) {
  return (
    <span role="status" className="inline-flex items-center gap-1">
      {saving.state === "saved" && (
        <>
          <Check className="size-3 text-passed" aria-hidden /> Saved
        </>
      )}
      {saving.state === "saving" && (
        <>
          <LoaderCircle className="size-3 animate-spin" aria-hidden /> Saving…
        </>
      )}
      {saving.state === "failed" && (
        <span className="inline-flex items-center gap-1 text-danger">
          <CloudAlert className="size-3" aria-hidden /> Not saved: {saving.problem.detail}
        </span>
      )}
    </span>
  );
}
