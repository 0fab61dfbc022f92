"use client";

import { AlertDialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Button } from "./button";

type Props = {
  trigger: ReactNode;
  /** A question that names the object: Delete integration “Production”? */
  title: string;
  /** What follows from it, in numbers. */
  consequence: ReactNode;
  /** The verb on the button: Delete integration. */
  action: string;
  /** The way out, where "Cancel" could be mistaken for the action. */
  dismiss?: string;
  danger?: boolean;
  onConfirm: () => Promise<unknown> | unknown;
};

/** Asks before something that cannot simply be undone. Stays open and busy until the work is done. */
export function Confirm({ trigger, title, consequence, action, dismiss = "Cancel", danger, onConfirm }: Props) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);

  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm();
      setOpen(false);
    } finally {
      setBusy(false);
    }
  };

  return (
    <AlertDialog.Root open={open} onOpenChange={setOpen}>
      <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-[oklch(0.2_0.02_265/0.45)]" />
        <AlertDialog.Content className="fixed top-[18vh] left-1/2 z-50 w-[calc(100%-2rem)] max-w-md -translate-x-1/2 animate-appear rounded-lg border bg-surface p-5 shadow-pop outline-none">
          <AlertDialog.Title className="font-semibold text-read">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-1.5 text-muted">{consequence}</div>
          </AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>{dismiss}</Button>
            </AlertDialog.Cancel>
            <Button variant={danger ? "danger" : "primary"} busy={busy} onClick={confirm}>
              {action}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
