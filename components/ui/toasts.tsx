"use client";

import { type ComponentType, useEffect, useState } from "react";
import type { ToasterProps } from "sonner";
import { loadToasts, onToast } from "./toast";

const restMs = 1_500;

/** Where short messages appear: from the first of them on, or once the page is at rest. */
export function Toasts() {
  const [shown, setShown] = useState<{ Toaster: ComponentType<ToasterProps> } | null>(null);
  useEffect(() => {
    // Where the code does not come, offline for one, the page stays as it is, and the next message asks again.
    const begin = () =>
      loadToasts().then(
        ({ Toaster }) => setShown((before) => before ?? { Toaster }),
        () => {},
      );
    const timer = setTimeout(begin, restMs);
    const leave = onToast(begin);
    return () => {
      clearTimeout(timer);
      leave();
    };
  }, []);
  if (!shown) return null;
  return (
    <shown.Toaster
      position="bottom-right"
      toastOptions={{
        className: "border-line! bg-surface! font-sans! text-fg! text-ui!",
        actionButtonStyle: { background: "var(--accent)", color: "var(--on-accent)" },
      }}
    />
  );
}
