import { CircleAlert, CircleCheck, CircleHelp, CircleSlash, type LucideIcon, TriangleAlert } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { IntegrationListed } from "@/lib/integrations/list-integrations";

type Shown = Pick<IntegrationListed, "status" | "account" | "lastTest">;
type Mark = { icon: LucideIcon; word: string; colour: string };

function markOf({ status, account, lastTest }: Shown): Mark {
  if (status === "disabled") return { icon: CircleSlash, word: "Disabled", colour: "text-skipped" };
  if (account?.status !== "active")
    return { icon: TriangleAlert, word: "Needs a new credential", colour: "text-flaky" };
  if (!lastTest) return { icon: CircleHelp, word: "Not tested", colour: "text-muted" };
  if (!lastTest.isOk) return { icon: CircleAlert, word: "Last test failed", colour: "text-failed" };
  if (lastTest.scopesMissing.length > 0)
    return { icon: TriangleAlert, word: "Permissions missing", colour: "text-flaky" };
  return { icon: CircleCheck, word: "Healthy", colour: "text-passed" };
}

/** How an integration is, by an icon and a word. */
export function StatusMark({ integration, className }: { integration: Shown; className?: string }) {
  const { icon: Icon, word, colour } = markOf(integration);
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap", className)}>
      <Icon className={cn("size-3.5", colour)} aria-hidden /> {word}
    </span>
  );
}
