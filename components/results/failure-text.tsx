"use client";

import { cn } from "@/components/ui/cn";
import type { Result } from "@/lib/results/shapes";
import { Ansi } from "./ansi";
import { Stack } from "./stack";

type Props = {
  result: Pick<Result, "type" | "message" | "stack">;
  /** It stands among other things: what is long scrolls in itself. */
  isShort?: boolean;
};

/** What a failure said: its type, its message, its stack. */
export const FailureText = ({ result: { type, message, stack }, isShort = false }: Props) => (
  <>
    {(message || type) && (
      <section aria-label="Message">
        {type && <h3 className="break-words font-mono text-code text-muted">{type}</h3>}
        {message && (
          <p
            dir="auto"
            {...(isShort && { tabIndex: 0 })}
            className={cn(
              "whitespace-pre-wrap text-left break-words font-mono text-code",
              isShort && "max-h-36 overflow-y-auto",
            )}
          >
            <Ansi text={message} />
          </p>
        )}
      </section>
    )}
    {stack && <Stack text={stack} isShort={isShort} />}
  </>
);
