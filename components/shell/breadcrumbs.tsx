import { Fragment } from "react";
import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";

// One line always: what is short stays whole, what is long gives way.
const width = (label: string) => (label.length > 16 ? "min-w-0 max-w-60 truncate" : "shrink-0");

/** Where the page stands; the last step is the page itself. */
export const Breadcrumbs = ({ steps }: { steps: { label: string; href?: string }[] }) => (
  <nav aria-label="Breadcrumb" className="mb-2 flex min-w-0 items-center gap-1.5 text-meta text-muted">
    {steps.map(({ label, href }, index) => (
      <Fragment key={`${href} ${label}`}>
        {index > 0 && <span aria-hidden>›</span>}
        {href ? (
          <Link href={href} title={label} className={cn(width(label), "hover:text-fg hover:underline")}>
            {label}
          </Link>
        ) : (
          <span aria-current={index === steps.length - 1 ? "page" : undefined} title={label} className={width(label)}>
            {label}
          </span>
        )}
      </Fragment>
    ))}
  </nav>
);
