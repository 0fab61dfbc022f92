import { z } from "zod";
import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { prisma, type Tx, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { lockRow } from "@/lib/db/lock";
import { AppError, notFound } from "@/lib/errors";
import { checkPattern } from "@/lib/richtext/secrets/own-pattern";

const most = 50;

export const patternInput = z.object({
  name: z.string().trim().min(1, "Say what it finds.").max(80),
  pattern: z.string().trim().min(1, "Enter a pattern.").max(500),
});

const storedPattern = patternInput.extend({ id: z.string() });

/** What counts as a secret in this project beside the usual. */
export type SecretPattern = z.infer<typeof storedPattern>;

/** As stored. What cannot be read is a failure: taken for none, it would let secrets out. */
const readPatterns = (stored: unknown): SecretPattern[] => z.array(storedPattern).parse(stored);

type Place = Pick<Member, "workspaceId" | "projectId">;

export async function listSecretPatterns({ workspaceId, projectId }: Place, db: Pick<Tx, "project"> = prisma) {
  const project = await db.project.findFirst({
    where: { id: projectId, workspaceId },
    select: { secretPatterns: true },
  });
  if (!project) throw notFound("project");
  return readPatterns(project.secretPatterns);
}

/** Adds a pattern, or changes the one with the id. */
export async function saveSecretPattern(
  member: Member,
  { patternId, name, pattern }: z.output<typeof patternInput> & { patternId?: string | undefined },
): Promise<void> {
  check(pattern);
  await change(
    member,
    patternId ? "secret_pattern.changed" : "secret_pattern.added",
    (patterns) => {
      if (patternId) return patterns.map((one) => (one.id === patternId ? { ...one, name, pattern } : one));
      if (patterns.length >= most) throw refused(`A project has ${most} patterns at most. Join some of them with |.`);
      return [...patterns, { id: newId(), name, pattern }];
    },
    patternId,
  );
}

export const deleteSecretPattern = (member: Member, patternId: string): Promise<void> =>
  change(member, "secret_pattern.deleted", (patterns) => patterns.filter(({ id }) => id !== patternId), patternId);

async function change(
  member: Member,
  action: string,
  edit: (patterns: SecretPattern[]) => SecretPattern[],
  patternId?: string,
): Promise<void> {
  const { workspaceId, projectId } = member;
  await transaction(async (tx) => {
    await lockRow(tx, "Project", projectId);
    const before = await listSecretPatterns(member, tx);
    if (patternId && !before.some(({ id }) => id === patternId)) throw notFound("pattern");
    const after = edit(before);
    await tx.project.update({
      where: { id: projectId, workspaceId },
      data: { secretPatterns: after },
      select: { id: true },
    });
    // By their names: a pattern may tell more of a secret than everybody who reads the log should know.
    const names = (patterns: SecretPattern[]) => ({ patterns: patterns.map(({ name }) => name) });
    await audit(tx, member, action, {
      ...{ subjectType: "project", subjectId: projectId, projectId },
      before: names(before),
      after: names(after),
    });
  });
}

/** Throws `invalid_input` on the field, in words that tell what to do. */
export function check(pattern: string): void {
  const problem = checkPattern(pattern);
  if (problem) throw refused(problem);
}

const refused = (message: string) => new AppError("invalid_input", message, { fields: { pattern: message } });
