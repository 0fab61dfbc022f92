import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { findUser } from "@/lib/auth/gates";
import { isSignUpOpen } from "@/lib/workspaces/sign-up";
import { SignUpForm } from "./sign-up-form";

export const metadata: Metadata = { title: "Create a workspace" };

/** Makes an account and a workspace, where the installation allows it. */
export default async function SignUpPage() {
  if (await findUser()) redirect("/projects");
  const isOpen = await isSignUpOpen();

  return (
    <>
      <h1 className="mb-1 font-semibold text-title">Create a workspace</h1>
      <p className="mb-6 text-muted">
        Have an account?{" "}
        <Link href="/sign-in" className="text-link underline underline-offset-2">
          Sign in
        </Link>
      </p>
      {isOpen ? (
        <SignUpForm />
      ) : (
        <Notice title="New accounts are made by invitation">
          Ask an administrator of your workspace for an invitation link, and open it in this browser.
        </Notice>
      )}
    </>
  );
}
