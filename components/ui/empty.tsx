import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type Props = { icon: LucideIcon; title: string; heading?: "h1" | "h2"; children?: ReactNode; action?: ReactNode };

/** What a list says while it has nothing: why, and what to do next. */
export const Empty = ({ icon: Icon, title, heading: Heading = "h2", children, action }: Props) => (
  <div className="flex flex-col items-center gap-2 px-6 py-14 text-center">
    <Icon className="size-6 text-muted" aria-hidden />
    <Heading className="font-medium text-read">{title}</Heading>
    {children && <div className="max-w-md text-muted">{children}</div>}
    {action && <div className="mt-2">{action}</div>}
  </div>
);
