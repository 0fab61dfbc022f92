"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { loadToasts, onToast } from "./toast";

const Toaster = dynamic(() => loadToasts().then(({ Toaster }) => Toaster), { ssr: false });

const restMs = 1_500;

/** Where short messages appear: from the first of them on, or once the page is at rest. */
export function Toasts() {
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    const begin = () => setOn(true);
    const timer = setTimeout(begin, restMs);
    const leave = onToast(begin);
    return () => {
      clearTimeout(timer);
      leave();
    };
  }, []);
  if (!isOn) return null;
  return (
    <Toaster
      position="bottom-right"
      toastOptions={{
        className: "border-line! bg-surface! font-sans! text-fg! text-ui!",
        actionButtonStyle: { background: "var(--accent)", color: "var(--on-accent)" },
      }}
    />
  );
}
