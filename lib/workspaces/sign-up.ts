import type { z } from "zod";
import { nameInput, personInput } from "@/lib/auth/input";
import { hashPassword } from "@/lib/auth/password";
import type { Origin } from "@/lib/auth/person";
import { type OpenedSession, openSession } from "@/lib/auth/sessions";
import { countAddress } from "@/lib/auth/sign-in";
import { prisma, type Tx, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { countAttempt } from "@/lib/limits";
import { createAccount, createWorkspace } from "./accounts";

export const signUpInput = personInput.extend({ workspace: nameInput });

// Any number will do, as long as nothing else locks it.
const SIGN_UP_LOCK = 7_041_001;

/** Whether anyone may sign up and make a workspace. Unset, the installation's first person may, and nobody after. */
export async function isSignUpOpen(db: Pick<Tx, "user"> = prisma): Promise<boolean> {
  const setting = env().FAULTLINE_SIGNUP;
  if (setting) return setting === "open";
  return (await db.user.findFirst({ select: { id: true } })) === null;
}

/** Makes an account and its workspace, and signs the person in. */
export async function signUp(input: z.output<typeof signUpInput>, from: Origin): Promise<OpenedSession> {
  const { workspace, password, ...person } = input;
  await requireOpen();
  await countAddress(from);
  await countAttempt(`sign-up:${person.email}`, env().FAULTLINE_LIMIT_SIGN_IN, 15 * 60);
  const passwordHash = await hashPassword(password);

  return transaction(async (tx) => {
    // Two people who sign up first at the same moment: the second one waits here, and then is not the first.
    await tx.$queryRaw`select pg_advisory_xact_lock(${SIGN_UP_LOCK})::text`;
    await requireOpen(tx);
    const userId = await createAccount(tx, { ...person, passwordHash });
    const { workspaceId } = await createWorkspace(tx, userId, workspace, from);
    return openSession(tx, { userId, workspaceId }, from);
  });
}

async function requireOpen(db?: Tx): Promise<void> {
  if (!(await isSignUpOpen(db)))
    throw new AppError("forbidden", "New accounts are made by invitation. Ask an administrator for a link.");
}
