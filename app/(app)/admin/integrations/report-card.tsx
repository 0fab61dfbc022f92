"use client";

import { Check, ExternalLink, X } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { Until } from "@/components/ui/until";
import type { ConnectionReport } from "@/lib/integrations/connection-report";

/** What Test Connection found, and what to do about it. */
export function ReportCard({ report }: { report: ConnectionReport }) {
  if (report.failure)
    return (
      <Notice tone="error" title={`${report.host} could not be used`}>
        <p>
          {report.failure.message}
          {report.failure.retryAt && Date.parse(report.failure.retryAt) > Date.now() && (
            <>
              {" "}
              It can be asked again <Until word="at" at={report.failure.retryAt} />.
            </>
          )}
        </p>
        <Advice report={report} />
      </Notice>
    );

  const isWhole = report.advice.length === 0;
  return (
    <Notice
      tone={isWhole ? "success" : "warning"}
      title={isWhole ? "The connection works" : "The connection works, with reservations"}
    >
      <dl className="mt-1 grid gap-x-4 gap-y-1.5 sm:grid-cols-[7.5rem_1fr]">
        {report.account && (
          <Line term="Signed in as">
            <a
              href={report.account.url}
              target="_blank"
              rel="noreferrer"
              className="inline-flex items-center gap-1 text-link hover:underline"
            >
              {report.account.displayName} ({report.account.login}) <ExternalLink className="size-3" aria-hidden />
            </a>
          </Line>
        )}
        {/* Where nobody is signed in, nobody has permissions. */}
        {(report.account ?? report.scopesFound) && (
          <Line term="Permissions">
            <Permissions report={report} />
          </Line>
        )}
        {report.rateLimit && (
          <Line term="Rate limit">
            {report.rateLimit.remaining.toLocaleString("en")} of {report.rateLimit.limit.toLocaleString("en")} left,
            reset <Time at={report.rateLimit.resetAt} />
          </Line>
        )}
        {report.apiVersion && <Line term="API version">{report.apiVersion}</Line>}
        {report.clockSkewMs !== null && <Line term="Clock">{skewInWords(report.clockSkewMs)}</Line>}
      </dl>
      {!report.account && report.clockSkewMs === null && <p>There was nothing to ask: issues are linked by address.</p>}
      <Advice report={report} />
    </Notice>
  );
}

const Line = ({ term, children }: { term: string; children: ReactNode }) => (
  <div className="contents">
    <dt className="text-muted">{term}</dt>
    <dd className="min-w-0 break-words text-fg">{children}</dd>
  </div>
);

function Permissions({ report: { scopesFound, scopesMissing } }: { report: ConnectionReport }) {
  if (scopesFound === null && scopesMissing.length === 0)
    return (
      <span>The tracker does not list them for this kind of credential. A missing one shows when it is needed.</span>
    );
  return (
    <span className="flex flex-wrap items-center gap-1">
      {scopesFound?.map((name) => (
        <Badge key={name} className="text-fg">
          <Check className="text-passed" aria-hidden /> {name}
        </Badge>
      ))}
      {scopesMissing.map(({ name }) => (
        <Badge key={name} className="text-fg">
          <X className="text-failed" aria-hidden /> {name} missing
        </Badge>
      ))}
    </span>
  );
}

const Advice = ({ report: { advice } }: { report: ConnectionReport }) =>
  advice.length > 0 && (
    <ul className="mt-2 list-disc space-y-0.5 pl-4 text-fg">
      {advice.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );

function skewInWords(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (seconds < 5) return "in step with ours";
  const amount = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `theirs is ${amount} ${skewMs > 0 ? "ahead of" : "behind"} ours`;
}
