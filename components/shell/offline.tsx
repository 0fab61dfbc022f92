"use client";

import { WifiOff } from "lucide-react";
import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

/** Says that the browser has lost its connection, over the page and without moving it. */
export function Offline() {
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-3 z-40 flex justify-center">
      {!isOnline && (
        <p className="flex items-center gap-2 rounded-md border bg-surface px-3 py-1.5 shadow-pop">
          <WifiOff className="size-3.5 text-flaky" aria-hidden /> You are offline. The page is as it was; it is read
          again when you are back.
        </p>
      )}
    </div>
  );
}
