import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

const tones = {
  info: { icon: Info, className: "text-muted" },
  success: { icon: CircleCheck, className: "text-passed" },
  warning: { icon: TriangleAlert, className: "text-flaky" },
  error: { icon: CircleAlert, className: "text-danger" },
};

type Props = {
  tone?: keyof typeof tones;
  title?: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
};

/** Something that people should know, in place: what happened, why, and what to do. */
export function Notice({ tone = "info", title, children, action, className }: Props) {
  const { icon: Icon, className: colour } = tones[tone];
  return (
    <div
      role={tone === "error" ? "alert" : "status"}
      className={cn("flex items-start gap-2.5 rounded-md border bg-subtle px-3 py-2.5", className)}
    >
      <Icon className={cn("mt-0.5 size-4 shrink-0", colour)} aria-hidden />
      <div className="min-w-0 flex-1 break-words">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="text-muted">{children}</div>}
      </div>
      {action}
    </div>
  );
}
