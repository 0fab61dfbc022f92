"use client";

import { Dialog, DialogContent } from "@/components/ui/dialog";
import { shownKeys } from "./keys";
import { furtherKeys, markdownOf } from "./shortcuts";
import { allTools } from "./tools";

type Props = { isOpen: boolean; onClose: () => void; onCloseAutoFocus: (event: Event) => void };

/** Every key of the editor and the Markdown that it understands. */
export const ShortcutsDialog = ({ isOpen, onClose, onCloseAutoFocus }: Props) => {
  const lines = [
    ...allTools.map(({ id, label, keys }) => ({ what: label, keys, markdown: markdownOf[id] })),
    ...furtherKeys,
  ];
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Keyboard shortcuts of the editor" onCloseAutoFocus={onCloseAutoFocus}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to be able to do that. */}
        <table className="mb-3 w-full text-ui" tabIndex={0}>
          <thead>
            <tr className="text-left text-meta text-muted">
              <th className="py-1 font-medium">What</th>
              <th className="py-1 font-medium">Keys</th>
              <th className="py-1 font-medium">Markdown</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ what, keys, markdown }) => (
              <tr key={what} className="border-t">
                <th scope="row" className="py-1 pr-2 text-left font-normal">
                  {what}
                </th>
                <td className="whitespace-nowrap py-1 pr-2">
                  {keys && <kbd className="font-sans">{shownKeys(keys)}</kbd>}
                </td>
                <td className="py-1">{markdown && <code className="font-mono text-code">{markdown}</code>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </DialogContent>
    </Dialog>
  );
};
