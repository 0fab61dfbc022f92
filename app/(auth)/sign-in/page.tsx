import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { findUser } from "@/lib/auth/gates";
import { safePath } from "@/lib/auth/next-path";
import { findInvitation } from "@/lib/workspaces/invitations";
import { isSignUpOpen } from "@/lib/workspaces/sign-up";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ next?: string; invitation?: string; error?: string }> };

/** Where guests come in, and come back to the page that they asked for. */
export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams;
  const next = safePath(query.next);
  if (await findUser()) redirect(next);
  const [invitation, canSignUp] = await Promise.all([
    typeof query.invitation === "string" ? findInvitation(query.invitation) : null,
    isSignUpOpen(),
  ]);
  const joins = invitation?.state === "open" ? invitation : null;

  return (
    <>
      <h1 className="mb-1 font-semibold text-title">Sign in</h1>
      <p className="mb-6 text-muted">
        {joins ? (
          <>
            to join the workspace <strong className="font-medium text-fg">{joins.workspaceName}</strong>.
          </>
        ) : canSignUp ? (
          <>
            New here?{" "}
            <Link href="/sign-up" className="text-link underline underline-offset-2">
              Create a workspace
            </Link>
          </>
        ) : (
          "New here? Ask an administrator of your workspace for an invitation link."
        )}
      </p>
      {query.error && (
        <Notice tone="error" className="mb-4">
          You could not be signed in. Check your e-mail and password.
        </Notice>
      )}
      <SignInForm next={next} {...(joins && { invitation: query.invitation, email: joins.email ?? undefined })} />
    </>
  );
}
