"use client";

import { Scissors } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Menu, MenuContent, MenuItem, MenuLabel, MenuTrigger } from "@/components/ui/menu";
import { Skeleton } from "@/components/ui/skeleton";
import type { FingerprintView, GroupView } from "@/lib/triage/shapes";
import type { Triage } from "./use-triage";
import { counted, joinedWords } from "./words";

type Props = { view: GroupView | undefined; canTriage: boolean; triage: Triage };

/** The fingerprints of a group: what its failures have in common, why they are together, and how to part them. */
export default function WhyTogether({ view, canTriage, triage }: Props) {
  if (!view) return <Skeleton className="h-24" />;
  const { group, fingerprints } = view;
  return (
    <>
      <p className="mb-2 text-muted">
        Failures with the same type, message and frames have one fingerprint; what varies in them, such as numbers and
        ids, is masked. Whatever you split off stays apart in later runs.
      </p>
      <ul aria-label="Fingerprints" className="flex flex-col gap-2">
        {fingerprints.map((fingerprint) => (
          <Fingerprint
            key={fingerprint.hash}
            fingerprint={fingerprint}
            // The last one is the group itself.
            onSplitOff={
              canTriage && fingerprints.length > 1
                ? () => triage.split(group.id, { hashes: [fingerprint.hash] })
                : undefined
            }
            onTellApart={canTriage ? (keep) => triage.split(group.id, { hash: fingerprint.hash, keep }) : undefined}
          />
        ))}
      </ul>
    </>
  );
}

type FingerprintProps = {
  fingerprint: FingerprintView;
  onSplitOff: (() => Promise<unknown>) | undefined;
  onTellApart: ((keep: unknown) => Promise<unknown>) | undefined;
};

function Fingerprint({ fingerprint, onSplitOff, onTellApart }: FingerprintProps) {
  const { type, message, frames, failures, splits } = fingerprint;
  const [isBusy, setBusy] = useState(false);
  const during = async (work: Promise<unknown>) => {
    setBusy(true);
    await work.finally(() => setBusy(false));
  };
  return (
    <li className="flex flex-col gap-1.5 rounded-md border p-3">
      <p className="text-meta text-muted">
        <span className="font-medium text-fg">{failures > 0 ? counted(failures, "failure") : "Not in this run"}</span> ·{" "}
        {joined(fingerprint)}
      </p>
      <p dir="auto" className="break-words text-left font-mono text-code">
        {type && !message.startsWith(type) && `${type}: `}
        {message || "(no message)"}
      </p>
      {frames.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <pre className="overflow-x-auto font-mono text-code text-muted" tabIndex={0}>
          {frames.map((frame) => `at ${frame}`).join("\n")}
        </pre>
      )}
      {(onSplitOff || (onTellApart && splits.length > 0)) && (
        <div className="flex flex-wrap gap-2">
          {onSplitOff && (
            <Button size="sm" busy={isBusy} onClick={() => during(onSplitOff())}>
              <Scissors aria-hidden /> Split off
            </Button>
          )}
          {onTellApart && splits.length > 0 && (
            <Menu modal={false}>
              <MenuTrigger asChild>
                <Button size="sm" busy={isBusy}>
                  Tell apart by…
                </Button>
              </MenuTrigger>
              <MenuContent align="start" className="max-w-96">
                <MenuLabel>Each becomes a problem of its own</MenuLabel>
                {splits.map(({ keep, label, examples }) => (
                  <MenuItem key={JSON.stringify(keep)} onSelect={() => void during(onTellApart(keep))}>
                    <span className="min-w-0">
                      <span className="block break-words first-letter:uppercase">{label}</span>
                      <span dir="auto" className="block truncate text-left font-mono text-code text-muted">
                        {examples.join(", ")}
                      </span>
                    </span>
                  </MenuItem>
                ))}
              </MenuContent>
            </Menu>
          )}
        </div>
      )}
    </li>
  );
}

/** "Joined because it is alike: 91 % (from 85 % on)". */
function joined({ joinedBy, similarity, threshold }: FingerprintView): string {
  const words = joinedWords[joinedBy];
  if (joinedBy !== "similar" || similarity === null) return words;
  return `${words}: ${percent(similarity)} (failures are joined from ${percent(threshold)} on)`;
}

// Down, so that nothing below the threshold reads as if it had reached it.
const percent = (share: number): string => `${Math.floor(share * 100)} %`;
