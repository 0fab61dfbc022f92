import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { Badge } from "@/components/ui/badge";
import { Empty } from "@/components/ui/empty";
import { Page, PageHeader } from "@/components/ui/page";
import { Time } from "@/components/ui/time";
import { requireSession } from "@/lib/auth/gates";
import { scopeNames, scopes } from "@/lib/auth/permissions";
import { listApiTokens } from "@/lib/auth/tokens";
import { admit } from "@/lib/boundary";
import { NewToken } from "./new-token";
import { RevokeToken } from "./revoke-token";

export const metadata: Metadata = { title: "API tokens" };

type Token = Awaited<ReturnType<typeof listApiTokens>>[number];

/** The person's tokens for CI and scripts. */
export default async function TokensPage() {
  const actor = await admit(() => requireSession());
  const tokens = await listApiTokens(actor);
  const choices = scopeNames
    .filter((name) => name !== "admin" || actor.workspaceRole === "ADMIN")
    .map((name) => ({ name, meaning: scopes[name] }));

  return (
    <Page>
      <PageHeader
        title="API tokens"
        description="For CI and scripts. A token acts as you, in this workspace, within its scopes."
        actions={tokens.length > 0 && <NewToken scopes={choices} />}
      />
      {tokens.length === 0 ? (
        <Empty icon={KeyRound} title="You have no tokens" action={<NewToken scopes={choices} />}>
          With one, CI posts its test results here and scripts use the REST API.
        </Empty>
      ) : (
        <ul className="border-t">
          {tokens.map((token) => (
            <Row key={token.id} token={token} />
          ))}
        </ul>
      )}
    </Page>
  );
}

const Row = ({ token: { id, name, prefix, scopes: given, createdAt, expiresAt, lastUsedAt } }: { token: Token }) => (
  <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b py-2">
    <div className="min-w-48 flex-1">
      <p className="flex flex-wrap items-center gap-x-2">
        <span className="break-all font-medium">{name}</span>
        <code className="font-mono text-code text-muted">{prefix}…</code>
      </p>
      <p className="text-meta text-muted">
        made <Time at={createdAt} /> ·{" "}
        {lastUsedAt ? (
          <>
            used <Time at={lastUsedAt} />
          </>
        ) : (
          "never used"
        )}{" "}
        ·{" "}
        {!expiresAt ? (
          "does not expire"
        ) : expiresAt <= new Date() ? (
          <span className="text-danger">
            expired <Time at={expiresAt} />
          </span>
        ) : (
          <>
            expires <Time at={expiresAt} />
          </>
        )}
      </p>
    </div>
    <div className="flex flex-wrap gap-1">
      {given.map((scope) => (
        <Badge key={scope}>{scope}</Badge>
      ))}
    </div>
    <RevokeToken tokenId={id} name={name} />
  </li>
);
