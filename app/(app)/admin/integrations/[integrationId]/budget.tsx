import { RefreshEvery } from "@/components/live/refresh-every";
import { cn } from "@/components/ui/cn";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/page";
import { Until } from "@/components/ui/until";
import type { BudgetShown } from "@/lib/integrations/budget/show-budget";
import { counted } from "@/lib/integrations/counted";

type Credential = BudgetShown["credentials"][number];

/** What the tracker still allows, when that is reset, and what waits until then. */
export function Budget({ budget: { trackerLabel, credentials, waiting } }: { budget: BudgetShown }) {
  const known = credentials.filter(({ windows, blockedUntil }) => windows.length > 0 || blockedUntil);
  return (
    <Section
      title="Rate limit"
      description={
        known.length > 0
          ? `What ${trackerLabel} still allows this credential to ask, as its latest answers say.`
          : `${trackerLabel} has not said yet how much may be asked of it. Its next answer will.`
      }
    >
      <RefreshEvery seconds={15} />
      <div className="grid gap-3 empty:hidden">
        {known.map((credential) => (
          <CredentialBudget
            key={credential.id}
            credential={credential}
            trackerLabel={trackerLabel}
            isOneOfSeveral={known.length > 1}
          />
        ))}
        {waiting.creations > 0 && waiting.until && (
          <Notice title={`${counted(waiting.creations, "creation")} waiting for the limit`}>
            {waiting.creations === 1 ? "It goes" : "They go"} on by {waiting.creations === 1 ? "itself" : "themselves"},
            one after the other; the last is tried <Until word="at" at={waiting.until} />. Nothing is lost.
          </Notice>
        )}
      </div>
    </Section>
  );
}

type Props = { credential: Credential; trackerLabel: string; isOneOfSeveral: boolean };

const CredentialBudget = ({ credential, trackerLabel, isOneOfSeveral }: Props) => (
  <div className="grid gap-3">
    {isOneOfSeveral && <h3 className="font-medium">{credential.name}</h3>}
    {credential.blockedUntil && (
      <Notice tone="warning" title={`${trackerLabel} asks us to wait`}>
        Nothing is sent with this credential before that; calls go on <Until word="at" at={credential.blockedUntil} />.
      </Notice>
    )}
    {credential.windows.length > 0 && (
      <ul className="grid gap-2">
        {credential.windows.map((window) => (
          <Window key={window.bucket} {...window} />
        ))}
      </ul>
    )}
    {credential.bulkUntil && (
      <p className="text-muted">
        Bulk work lets people's calls pass; its line ends <Until word="at" at={credential.bulkUntil} />.
      </p>
    )}
  </div>
);

function Window({ bucket, limit, remaining, resetAt }: Credential["windows"][number]) {
  const share = Math.min(1, remaining / limit);
  const colour = remaining === 0 ? "bg-danger" : share <= 0.1 ? "bg-flaky" : "bg-accent";
  return (
    <li className="grid items-center gap-x-3 gap-y-1 sm:grid-cols-[6rem_12rem_1fr]">
      <span className="font-mono text-code">{bucket}</span>
      <span aria-hidden className="h-1.5 overflow-hidden rounded bg-hover">
        <span className={cn("block h-full", colour)} style={{ width: `${share * 100}%` }} />
      </span>
      <span className="tabular-nums">
        {remaining === 0 && <span className="font-medium text-danger">used up · </span>}
        {remaining.toLocaleString("en")} of {limit.toLocaleString("en")} left
        {resetAt && (
          <span className="text-muted">
            {" "}
            · reset <Until word="at" at={resetAt} />
          </span>
        )}
      </span>
    </li>
  );
}
