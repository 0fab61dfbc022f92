import type { ExternalToast } from "sonner";

const wanted = "faultline:toast";
let count = 0;

/** The messages' own code comes with the first of them. */
export const loadToasts = () => import("sonner");

/** Tells when there is a message to show. */
export function onToast(listener: () => void): () => void {
  addEventListener(wanted, listener);
  return () => removeEventListener(wanted, listener);
}

type Kind = "message" | "success" | "error";

const say =
  (kind: Kind) =>
  (words: string, options: ExternalToast = {}): string => {
    count += 1;
    const id = `message-${count}`;
    dispatchEvent(new Event(wanted));
    // Without the code there is nothing to say it with, and nobody to tell.
    loadToasts().then(
      ({ toast }) => toast[kind](words, { ...options, id }),
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
