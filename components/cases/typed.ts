import { type Fields, fieldNames } from "./case-fields";

/** What was typed, and what it was typed over. */
export type Typed = { fields: Fields; base: Fields; version: number };

const keyOf = (caseId: string) => `faultline:case:${caseId}`;

/** What is not saved yet stays in the tab itself, so that a reload or a crash loses nothing. */
export const typed = {
  keep(caseId: string, value: Typed): void {
    try {
      sessionStorage.setItem(keyOf(caseId), JSON.stringify(value));
    } catch {
      // Full or forbidden: the form still holds it.
    }
  },

  forget: (caseId: string): void => sessionStorage.removeItem(keyOf(caseId)),

  find(caseId: string): Typed | null {
    const kept = sessionStorage.getItem(keyOf(caseId));
    if (!kept) return null;
    const value = JSON.parse(kept) as Typed; // written by `keep`, in this very tab
    // An earlier release may have written it, with other fields.
    return Object.keys(fieldNames).every((name) => name in value.fields && name in value.base) ? value : null;
  },
};
