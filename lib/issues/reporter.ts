import { z } from "zod";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { askTracker, type Eyes } from "@/lib/integrations/metadata";
import type { ProjectRef, RemoteUser } from "@/lib/trackers/tracker";

/** Whose account is looked for. */
export type Person = { userId: string; name: string; email: string };

/** By what an account was found to be a person's. `hand`: an administrator has said so. */
export type MatchedBy = "email" | "name" | "hand";

export type Match = { id: string; name: string; login: string | null; by: MatchedBy };

/** In whose name an issue was filed, as its creation keeps it. */
export const reporterSchema = z.object({
  id: z.string(),
  name: z.string(),
  by: z.enum(["email", "name", "hand"]),
  /** The tracker did not take it: the key's owner stands for the person. */
  isRefused: z.boolean().default(false),
});
export type Reporter = z.infer<typeof reporterSchema>;

/**
 * The account that is the person's without a doubt: by e-mail address, else by a full name that one active account alone
 * has. Of all accounts of the project, never of a first page. Null: nobody's; then the key's owner stands for them.
 */
export function matchAccount(
  { email, name }: Pick<Person, "email" | "name">,
  users: readonly RemoteUser[],
): Match | null {
  const active = users.filter(({ isActive }) => isActive !== false);
  const only = (found: readonly RemoteUser[], by: MatchedBy): Match | null => {
    const ids = new Set(found.map(({ remoteId }) => remoteId));
    const [first] = found;
    return first && ids.size === 1 ? { id: first.remoteId, name: first.name, login: first.login ?? null, by } : null;
  };
  const sought = email.trim().toLowerCase();
  const byEmail = active.filter((user) => user.email?.trim().toLowerCase() === sought);
  // Two accounts with one address: neither is without a doubt, and a name would not make it better.
  if (byEmail.length > 0) return only(byEmail, "email");
  const fullName = plain(name);
  // A first name alone is anybody's.
  if (!fullName.includes(" ")) return null;
  return only(
    active.filter((user) => plain(user.name) === fullName),
    "name",
  );
}

const plain = (name: string) => name.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();

/**
 * Whose name the person's issues bear in a project of the tracker. What was found is kept; what an administrator has said
 * is never changed by looking.
 */
export async function findReporter(person: Person, eyes: Eyes, project: ProjectRef): Promise<Match | null> {
  const { userId } = person;
  const { workspaceId, integrationId } = eyes;
  const known = await prisma.userMatch.findFirst({ where: { workspaceId, integrationId, userId } });
  if (known?.source === "hand") return known.remoteUserId ? toMatch(known) : null;
  const { answer } = await askTracker(eyes, "users", { project: { remoteId: project.remoteId, key: project.key } });
  const match = matchAccount(person, answer);
  const isSame = known?.remoteUserId === match?.id && (!match || known?.source === match.by);
  if (match && !isSame) await keep({ workspaceId, integrationId, userId }, match);
  return match;
}

type Kept = { remoteUserId: string | null; remoteName: string | null; remoteLogin: string | null; source: string };

const toMatch = ({ remoteUserId, remoteName, remoteLogin, source }: Kept): Match => ({
  id: remoteUserId ?? "",
  name: remoteName ?? remoteUserId ?? "",
  login: remoteLogin,
  by: source === "hand" ? "hand" : source === "email" ? "email" : "name",
});

async function keep(at: { workspaceId: string; integrationId: string; userId: string }, match: Match): Promise<void> {
  const { workspaceId, integrationId, userId } = at;
  const data = { remoteUserId: match.id, remoteName: match.name, remoteLogin: match.login, source: match.by };
  const now = new Date();
  await prisma.userMatch.createMany({
    data: [{ id: newId(), ...at, ...data, checkedAt: now }],
    skipDuplicates: true,
  });
  // An administrator may have set it at this very moment.
  await prisma.userMatch.updateMany({
    where: { workspaceId, integrationId, userId, source: { not: "hand" } },
    data: { ...data, checkedAt: now },
  });
}
