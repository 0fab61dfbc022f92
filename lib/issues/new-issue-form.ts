import { outgoing } from "@/lib/richtext/outgoing";
import { trackerOf } from "@/lib/trackers/registry";
import type { ProjectRef } from "@/lib/trackers/tracker";
import type { Framed } from "./frame";

// Servers take addresses of some 8,000 characters, and many letters count three times in one.
const lengths = [8_000, 5_500, 3_500, 2_000];

type Target = { provider: string; baseUrl: string; project: ProjectRef; typeId: string | null };

/**
 * The way out that needs nothing of ours: the tracker's own form, filled in with what would have been sent. What is too
 * long for an address is cut from the document, so that no half of a code block or table arrives.
 */
export function newIssueForm(
  { provider, baseUrl, project, typeId }: Target,
  { frame, content, own }: Framed,
): { newIssueUrl: string | null; isNewIssueUrlCut: boolean } {
  const tracker = trackerOf(provider);
  const { newIssueUrl } = tracker;
  if (!newIssueUrl) return { newIssueUrl: null, isNewIssueUrlCut: false };
  const fill = (limitChars: number) => {
    const { title, labels, body } = outgoing({ ...frame, marker: null, limitChars }, content, own);
    const form = newIssueUrl(baseUrl, { project, typeId, title, labels, body: body.output });
    return { form, isCut: body.isCut };
  };
  for (const limitChars of lengths) {
    const { form, isCut } = fill(limitChars);
    if (!form.isCut || limitChars === lengths.at(-1))
      return { newIssueUrl: form.url, isNewIssueUrlCut: form.isCut || isCut };
  }
  throw new Error("no length was tried");
}
