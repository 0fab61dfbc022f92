import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo";

/** The frame of the pages for guests: one narrow column. */
export default function GuestLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-96 flex-col px-4 py-10 sm:pt-[14vh]">
      <div className="mb-8 flex items-center gap-2">
        <Logo className="size-6 text-accent" />
        <span className="font-semibold text-read">Faultline</span>
      </div>
      {children}
    </main>
  );
}
