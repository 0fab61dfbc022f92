import type { ReactNode } from "react";
import { cn } from "./cn";

type Header = { title: ReactNode; description?: ReactNode; actions?: ReactNode };

/** The head of a page: its title, a line on it, and what can be done. */
export const PageHeader = ({ title, description, actions }: Header) => (
  <header className="flex flex-wrap items-center gap-x-4 pb-4">
    <h1 className="min-w-0 flex-1 break-words py-1 font-semibold text-title">{title}</h1>
    {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    {description && <div className="min-w-0 basis-full text-muted">{description}</div>}
  </header>
);

/** A page's gutter and width. */
export const Page = ({ wide, className, children }: { wide?: boolean; className?: string; children: ReactNode }) => (
  <div className={cn("mx-auto w-full px-4 py-5 sm:px-6", !wide && "max-w-4xl", className)}>{children}</div>
);

/** A part of a page, parted from the next by space and a hairline. */
export const Section = ({ title, description, actions, children }: Header & { children: ReactNode }) => (
  <section className="border-t py-5 first:border-t-0 first:pt-0">
    <div className="mb-3 flex flex-wrap items-center gap-x-4 last:mb-0">
      <h2 className="min-w-0 flex-1 break-words py-1 font-medium text-read">{title}</h2>
      {actions}
      {description && <div className="min-w-0 basis-full text-muted">{description}</div>}
    </div>
    {children}
  </section>
);
