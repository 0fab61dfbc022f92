import type { MouseEvent } from "react";
import type { ExternalToast } from "sonner";

/** What a message is given besides its words. */
export type MessageOptions = Omit<ExternalToast, "action" | "id"> & { action?: Action };

type Action = { label: string; onClick(): void };

const wanted = "faultline:toast";
let count = 0;

/** The messages' own code comes with the first of them. */
export const loadToasts = () => import("sonner");

/** Tells when there is a message to show. */
export function onToast(listener: () => void): () => void {
  addEventListener(wanted, listener);
  return () => removeEventListener(wanted, listener);
}

// While a message has the keyboard it hands it back to where it was, and does so whatever takes it next: a menu that the
// action opens, or a field that is clicked then, would lose it again. So it is handed back before anything is done.
const handsBack = ({ label, onClick }: Action) => ({
  label,
  onClick: ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    currentTarget.blur();
    onClick();
  },
});

type Kind = "message" | "success" | "error";

const say =
  (kind: Kind) =>
  (words: string, { action, ...options }: MessageOptions = {}): string => {
    count += 1;
    const id = `message-${count}`;
    dispatchEvent(new Event(wanted));
    // Without the code there is nothing to say it with, and nobody to tell.
    loadToasts().then(
      ({ toast }) => toast[kind](words, { ...options, ...(action && { action: handsBack(action) }), id }),
      () => {},
    );
    return id;
  };

/** A short message at the corner of the page. Answers its id. */
export const toast = Object.assign(say("message"), {
  success: say("success"),
  error: say("error"),
  dismiss: (id: string): void => {
    loadToasts().then(
      ({ toast }) => toast.dismiss(id),
      () => {},
    );
  },
});
