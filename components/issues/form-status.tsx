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

/** What stands in the way of sending, and what to do about it. */
export function FormNotices({ saving, preview, onTakeNewer, onKeepMine }: Props) {
  return (
    <>
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
      {preview && !preview.author.isUsable && (
        <Notice tone="warning" title="The stored credential does not work at the moment">
          The issue will wait until an administrator has entered a new one.
        </Notice>
      )}
    </>
  );
}

type FooterProps = {
  saving: Saving;
  preview: PreviewView | undefined;
  /** In whose name, where the tracker's form has a field for it. */
  reporter: { name: string | null; why: string } | null;
  /** How many results the issue will be linked to. */
  linked: string;
  onFileThere: () => void;
};

/** Always in sight: as whom and why, what will be linked, and whether what was typed is safe. */
export function FormFooter({ saving, preview, reporter, linked, onFileThere }: FooterProps) {
  const author = preview?.author;
  return (
    <div className="mr-auto min-h-8 min-w-0 basis-full text-meta text-muted sm:basis-0 sm:grow">
      <p>
        {reporter?.name ? (
          <>
            Will be filed as <strong className="font-medium text-fg">{reporter.name}</strong> because {reporter.why}
            {author?.login && `, with the key of ${author.login}`}.
          </>
        ) : author?.login ? (
          <>
            Will be filed as <strong className="font-medium text-fg">{author.name}</strong>
            {author.name !== author.login && ` (${author.login})`} because {author.reason}
            {reporter && `, and ${reporter.why}`}.
          </>
        ) : (
          "\u00a0"
        )}
      </p>
      <p className="flex flex-wrap items-center gap-x-3">
        <span>{linked}</span>
        <SavingMark saving={saving} />
        {preview?.newIssueUrl && (
          <button
            type="button"
            onClick={onFileThere}
            className="inline-flex items-center gap-1 underline-offset-2 hover:text-fg hover:underline"
          >
            File it there yourself <ExternalLink className="size-3" aria-hidden />
          </button>
        )}
      </p>
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
