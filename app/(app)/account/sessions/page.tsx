import type { Metadata } from "next";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Page, PageHeader } from "@/components/ui/page";
import { Time } from "@/components/ui/time";
import { requireSession } from "@/lib/auth/gates";
import { listSessions } from "@/lib/auth/sessions";
import { admit } from "@/lib/boundary";
import { browserName } from "./browser-name";
import { EndSession, SignOutEverywhere } from "./session-buttons";

export const metadata: Metadata = { title: "Sessions" };

/** The browsers in which the person is signed in. */
export default async function SessionsPage() {
  const actor = await admit(() => requireSession());
  const sessions = await listSessions(actor);
  return (
    <Page>
      <LiveRefresh topics={["session"]} />
      <PageHeader
        title="Sessions"
        description="Where you are signed in. End what you do not know, and change your password."
        actions={<SignOutEverywhere count={sessions.length} />}
      />
      <ul className="border-t">
        {sessions.map(({ id, userAgent, ip, createdAt, lastSeenAt, isCurrent }) => (
          <li key={id} className="flex min-h-12 flex-wrap items-center gap-x-4 border-b py-2">
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium" title={userAgent ?? undefined}>
                {browserName(userAgent)}
              </p>
              <p className="text-meta text-muted">
                signed in <Time at={createdAt} /> · last seen <Time at={lastSeenAt} />
                {ip && ` · ${ip}`}
              </p>
            </div>
            {isCurrent ? (
              <span className="text-muted">this browser</span>
            ) : (
              <EndSession sessionId={id} name={browserName(userAgent)} />
            )}
          </li>
        ))}
      </ul>
    </Page>
  );
}
