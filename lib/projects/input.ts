import { z } from "zod";
import { nameInput } from "@/lib/auth/input";

const description = z.string().trim().max(2000, "Use at most 2,000 characters.");
// What git refuses in a branch name, as far as one expression can say it.
const branch = z
  .string()
  .trim()
  .min(1, "Enter a branch.")
  .max(200, "Use at most 200 characters.")
  .regex(/^[^\s~^:?*[\\]+$/, "This is not a branch name.");

/** What a new project needs. */
export const newProjectInput = z.object({
  name: nameInput,
  description: description.default(""),
  defaultBranch: branch.default("main"),
});

/** What can be changed of a project. */
export const projectChanges = z.object({
  name: nameInput.optional(),
  description: description.optional(),
  defaultBranch: branch.optional(),
});
