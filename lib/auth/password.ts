import { hash, verify } from "@node-rs/argon2";
import { z } from "zod";

// argon2id (the package's default) at the first of OWASP's recommended settings: 10 to 30 ms and 19 MiB.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// Matches no password and costs as much to compare as a real one: an unknown account takes as long as a wrong password.
const nobody = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${"A".repeat(22)}$${"A".repeat(43)}`;

/** What a new password must be: long. Rules on its composition would only make people choose `Password1!`. */
export const newPassword = z
  .string()
  .min(10, "Use at least 10 characters; a few words are easy to remember.")
  .max(256, "Use at most 256 characters.");

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

/** True when the password is the account's. Takes the same time for `null`, an account that has none. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? nobody, password);
  return matches && passwordHash !== null;
}
