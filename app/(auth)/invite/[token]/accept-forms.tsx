"use client";

import { ActionForm } from "@/components/forms/action-form";
import { acceptAsMe, acceptAsNew } from "../../actions";
import { PersonFields } from "../../person-fields";

type Props = { token: string; email: string | null };

/** A new person joins. */
export const JoinAsNew = ({ token, email }: Props) => (
  <ActionForm buttons="wide" action={acceptAsNew} submit="Create account and join">
    {(errors) => (
      <>
        <input type="hidden" name="token" value={token} />
        <PersonFields errors={errors} email={email} />
      </>
    )}
  </ActionForm>
);

/** Whoever is signed in joins. */
export const JoinAsMe = ({ token, name }: { token: string; name: string }) => (
  <ActionForm buttons="wide" action={acceptAsMe} submit={`Join as ${name}`}>
    {() => <input type="hidden" name="token" value={token} />}
  </ActionForm>
);
