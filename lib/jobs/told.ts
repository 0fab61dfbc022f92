import { redact } from "@/lib/redact";

/** An error as the executor stores it, without the stack: that speaks of the server's own files. */
export type StoredError = { name: unknown; message: unknown };

const LONGEST = 4000;

/** What a page says of an error: its words, without anything that has the shape of a credential. */
export function told(error: StoredError | null): { name: string; message: string } | null {
  if (typeof error?.message !== "string") return null;
  return {
    name: typeof error.name === "string" ? error.name : "Error",
    message: redact(error.message).slice(0, LONGEST),
  };
}
