import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { findUser } from "@/lib/auth/gates";
import { whyClosed } from "@/lib/workspaces/accept";
import { findInvitation } from "@/lib/workspaces/invitations";
import { listWorkspaces } from "@/lib/workspaces/switch";
import { JoinAsMe, JoinAsNew } from "./accept-forms";

// The address holds the token, so no other site may learn where a reader came from.
export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer", robots: "noindex" };

type Props = { params: Promise<{ token: string }> };

/** What an invitation offers, and the way in: as a new person, with an account, or as who is signed in. */
export default async function InvitationPage({ params }: Props) {
  const { token } = await params;
  const [invitation, user] = await Promise.all([findInvitation(token), findUser()]);
  if (!invitation) notFound();
  const { state, workspaceId, workspaceName, workspaceRole, email } = invitation;
  const isMember = user && (await listWorkspaces(user)).some(({ id }) => id === workspaceId);

  return (
    <>
      <h1 className="mb-1 break-words font-semibold text-title">Join {workspaceName}</h1>
      {state !== "open" ? (
        <>
          <Notice tone="warning" className="mt-3 mb-4">
            {whyClosed(state)}
          </Notice>
          <Button asChild>
            <Link href={user ? "/projects" : "/sign-in"}>{user ? "Go to your projects" : "Sign in"}</Link>
          </Button>
        </>
      ) : isMember ? (
        <>
          <Notice className="mt-3 mb-4">
            You are a member of this workspace already, as {user.email}. The invitation is still unused.
          </Notice>
          <Button asChild>
            <Link href="/projects">Go to your projects</Link>
          </Button>
        </>
      ) : (
        <>
          <p className="mb-6 text-muted">
            You are invited{email && ` as ${email}`} to work here as{" "}
            {workspaceRole === "ADMIN" ? "an administrator" : "a member"}.
          </p>
          {user ? <JoinAsMe token={token} name={user.email} /> : <JoinAsNew token={token} email={email} />}
          <p className="mt-6 border-t pt-4 text-muted">
            {user ? "Not you? Sign out first, then open the link again." : "You have an account already? "}
            {!user && (
              <Link
                href={`/sign-in?invitation=${encodeURIComponent(token)}`}
                className="text-link underline underline-offset-2"
              >
                Sign in to join
              </Link>
            )}
          </p>
        </>
      )}
    </>
  );
}
