import type { Metadata } from "next";
import { NothingHere } from "@/components/shell/nothing-here";

export const metadata: Metadata = { title: "Nothing here" };

/** An address that no page has. */
export default function NotFound() {
  return (
    <main>
      <NothingHere />
    </main>
  );
}
