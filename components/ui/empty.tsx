import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type Props = { icon: LucideIcon; title: string; children?: ReactNode; action?: ReactNode };

/** What a list says while it has nothing: why, and what to do next. */
export const Empty = ({ icon: Icon, title, children, action }: Props) => (
  <div className="flex flex-col items-center gap-2 px-6 py-14 text-center">
    <Icon className="size-6 text-muted" aria-hidden />
    <h2 className="font-medium text-read">{title}</h2>
    {children && <div className="max-w-md text-muted">{children}</div>}
    {action && <div className="mt-2">{action}</div>}
  </div>
);
