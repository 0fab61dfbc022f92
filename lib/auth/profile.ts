import { z } from "zod";
import { audit } from "@/lib/audit/record";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { nameInput } from "./input";
import type { Actor } from "./member";
import { hashPassword, newPassword } from "./password";
import { revokeOtherSessions } from "./sessions";
import { verifyCredentials } from "./sign-in";

export const profileInput = z.object({ name: nameInput });

export const passwordChangeInput = z.object({
  current: z.string().min(1, "Enter your present password.").max(256),
  password: newPassword,
});

/** Changes the person's own name. */
export async function changeName(actor: Actor, name: string): Promise<void> {
  if (name === actor.name) return;
  await transaction(async (tx) => {
    await tx.user.update({ where: { id: actor.userId }, data: { name }, select: { id: true } });
    await audit(tx, actor, "account.renamed", {
      subjectType: "user",
      subjectId: actor.userId,
      before: { name: actor.name },
      after: { name },
    });
  });
}

/** Changes the person's password and signs out their other browsers. */
export async function changePassword(
  actor: Actor,
  { current, password }: z.output<typeof passwordChangeInput>,
): Promise<void> {
  await verifyCredentials({ email: actor.email, password: current }).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.kind !== "unauthenticated") throw error;
    throw new AppError("invalid_input", "The present password is wrong.", {
      fields: { current: "The present password is wrong." },
    });
  });
  const passwordHash = await hashPassword(password);
  await transaction(async (tx) => {
    await tx.user.update({ where: { id: actor.userId }, data: { passwordHash }, select: { id: true } });
    await audit(tx, actor, "account.password_changed", { subjectType: "user", subjectId: actor.userId });
  });
  await revokeOtherSessions(actor);
}
