import { Fragment } from "react";
import { Link } from "@/components/ui/link";

/** Where the page stands; the last step is the page itself. */
export const Breadcrumbs = ({ steps }: { steps: { label: string; href?: string }[] }) => (
  <nav aria-label="Breadcrumb" className="mb-2 flex min-w-0 flex-wrap items-center gap-1.5 text-meta text-muted">
    {steps.map(({ label, href }, index) => (
      <Fragment key={`${href} ${label}`}>
        {index > 0 && <span aria-hidden>›</span>}
        {href ? (
          <Link href={href} title={label} className="max-w-60 truncate hover:text-fg hover:underline">
            {label}
          </Link>
        ) : (
          <span
            aria-current={index === steps.length - 1 ? "page" : undefined}
            title={label}
            className="max-w-60 truncate"
          >
            {label}
          </span>
        )}
      </Fragment>
    ))}
  </nav>
);
