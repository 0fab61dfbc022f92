import type { Content } from "./use-draft";

type Unsaved = { content: Content; version: number };

const keyOf = (draftId: string) => `faultline:unsaved:${draftId}`;

/** What is not saved yet also stays in the tab itself: a reload or a crash comes faster than any save. */
export const unsaved = {
  keep(draftId: string, value: Unsaved): void {
    try {
      sessionStorage.setItem(keyOf(draftId), JSON.stringify(value));
    } catch {
      // Full or forbidden: the saves go on.
    }
  },

  forget: (draftId: string): void => sessionStorage.removeItem(keyOf(draftId)),

  find(draftId: string): Unsaved | null {
    const kept = sessionStorage.getItem(keyOf(draftId));
    if (!kept) return null;
    const { content, ...rest } = JSON.parse(kept) as Unsaved; // written by `keep`, in this very tab
    // An earlier release may have written it, which knew of no secrets, no files and no fields.
    const { revealed = [], attached = [], typeId = null, fields = {} } = content;
    return { ...rest, content: { ...content, revealed, attached, typeId, fields } };
  },
};
