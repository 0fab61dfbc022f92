import { ArrowLeft, ArrowRight, ScrollText } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { requireAdmin } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { type CallPage, listCalls } from "@/lib/integrations/list-calls";
import { titleOf } from "../title";

type Props = { params: Promise<{ integrationId: string }>; searchParams: Promise<{ cursor?: string | string[] }> };

export const generateMetadata = async ({ params }: Props) => titleOf((await params).integrationId, "Log");

/** Every call that went out, newest first; where to and what became of it, no contents. */
export default async function IntegrationLogPage({ params, searchParams }: Props) {
  const { integrationId } = await params;
  const { cursor } = await searchParams;
  const after = typeof cursor === "string" ? cursor : null;
  const { calls, next } = await admit(async () => listCalls(await requireAdmin(), integrationId, after));
  const base = `/admin/integrations/${integrationId}/log`;

  if (calls.length === 0)
    return (
      <Empty icon={ScrollText} title="No calls yet">
        Every request to the tracker is listed here: where it went, how long it took and what became of it.
      </Empty>
    );
  return (
    <>
      <Calls calls={calls} />
      <nav aria-label="Pages of the log" className="flex justify-between gap-2 pt-4">
        {after ? (
          <Button asChild>
            <Link href={base}>
              <ArrowLeft aria-hidden /> Newest
            </Link>
          </Button>
        ) : (
          <span />
        )}
        {next && (
          <Button asChild>
            <Link href={`${base}?cursor=${next}`}>
              Older <ArrowRight aria-hidden />
            </Link>
          </Button>
        )}
      </nav>
    </>
  );
}

const head = "whitespace-nowrap py-1.5 pr-4 text-left font-medium text-meta text-muted";
const cell = "whitespace-nowrap py-1 pr-4 align-top";

const Calls = ({ calls }: Pick<CallPage, "calls">) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reached by the keyboard.
  <section tabIndex={0} aria-label="Outbound calls" className="overflow-x-auto">
    <table className="w-full border-t">
      <thead>
        <tr className="border-b">
          <th className={head}>When</th>
          <th className={head}>Call</th>
          <th className={head}>Answer</th>
          <th className={cn(head, "text-right")}>Took</th>
          <th className={cn(head, "pr-0 text-right")}>Limit left</th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr key={call.id} className="border-b">
            <td className={cn(cell, "text-muted")}>
              <Time at={call.createdAt} />
            </td>
            <td className={cn(cell, "font-mono text-code leading-5")} title={`${call.method} ${call.host}`}>
              {call.method} {call.pathTemplate}
              {call.attempt > 1 && <span className="text-muted"> · attempt {call.attempt}</span>}
            </td>
            <td className={cell} title={call.requestId ? `The tracker's request id: ${call.requestId}` : undefined}>
              <Outcome {...call} />
            </td>
            <td className={cn(cell, "text-right")}>{call.durationMs.toLocaleString("en")} ms</td>
            <td className={cn(cell, "pr-0 text-right")}>{call.rateLimitRemaining?.toLocaleString("en") ?? "—"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const colours: Record<string, string> = { accepted: "text-passed", refused: "text-error", unknown: "text-flaky" };

const Outcome = ({ status, outcome, errorCode }: CallPage["calls"][number]) => (
  <>
    {status !== null && `${status} `}
    <span className={colours[outcome]}>{outcome}</span>
    {errorCode && <span className="text-muted"> · {errorCode.replaceAll("_", " ")}</span>}
  </>
);
