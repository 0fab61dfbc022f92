import { z } from "zod";
import { newPassword } from "./password";

/** An e-mail address in the one spelling that is stored and compared. */
export const emailInput = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "An address has at most 254 characters.")
  .pipe(z.email("This is not an e-mail address."));

/** A name that people read: of a person, a workspace, a project, a token. */
export const nameInput = z.string().trim().min(1, "Enter a name.").max(100, "Use at most 100 characters.");

export const credentialsInput = z.object({
  email: emailInput,
  password: z.string().min(1, "Enter your password.").max(256, "The e-mail or the password is wrong."),
});

export type Credentials = z.output<typeof credentialsInput>;

/** What a new person tells about themselves. */
export const personInput = z.object({ name: nameInput, email: emailInput, password: newPassword });

export type NewPerson = z.output<typeof personInput>;
