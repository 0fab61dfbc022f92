"use client";

import { ExternalLink } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type BoardGap, gapInWords } from "@/lib/integrations/board-check";

type Props = { gaps: readonly BoardGap[]; isChecking: boolean; onCheck: () => void };

/**
 * What the settings name and the board lacks. It is added there by a person: writing an option would replace all of the
 * field's options, and the board would lose what it has.
 */
export function BoardGaps({ gaps, isChecking, onCheck }: Props) {
  if (gaps.length === 0) return null;
  const url = gaps.find((gap) => gap.url)?.url;
  return (
    <Notice tone="warning" title="The board is no longer as it was set">
      <ul className="list-disc pl-4">
        {gaps.map((gap) => (
          <li key={`${gap.field} ${gap.option}`}>{gapInWords(gap)}</li>
        ))}
      </ul>
      <p className="mt-2 flex flex-wrap items-center gap-2">
        {url && (
          <Button size="sm" asChild>
            <a href={url} target="_blank" rel="noreferrer">
              Open the board's settings <ExternalLink aria-hidden />
            </a>
          </Button>
        )}
        <Button size="sm" busy={isChecking} onClick={onCheck}>
          Check again
        </Button>
      </p>
    </Notice>
  );
}
