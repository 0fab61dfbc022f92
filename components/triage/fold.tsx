"use client";

import { type ReactNode, useState } from "react";

/** A part of the pane that is read on demand: nothing of it is loaded before it is opened. */
export function Fold({ title, children }: { title: ReactNode; children(): ReactNode }) {
  const [wasOpened, setOpened] = useState(false);
  return (
    <details className="border-t py-2" onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
      <summary className="py-0.5 text-muted hover:text-fg">{title}</summary>
      {wasOpened && <div className="pt-2 pb-1">{children()}</div>}
    </details>
  );
}
