import { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { AppError, type FieldErrors } from "@/lib/errors";
import type { Assignment, Target } from "../find-target";
import { fileAs } from "../form/file-as";
import type { BulkInput } from "./inputs";

type Wanted = Pick<BulkInput, "type" | "fields">;

/**
 * What is wrong with what all issues of a bulk creation are filed as, by field, before any is asked for: hundreds of
 * refusals would come of a field that nobody knew of. Nothing where the tracker is away, for each issue then waits for it.
 */
export async function fieldErrorsOf(
  member: Member,
  assignment: Assignment,
  target: Target,
  { type, fields }: Wanted,
): Promise<FieldErrors> {
  try {
    await fileAs({ ...member, assignment, target }, { type, fields, mayAsk: true });
    return {};
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.kind === "invalid_input" ? (error.fields ?? {}) : {};
  }
}

/** Refuses to begin, on the fields. */
export async function checkFields(...of: Parameters<typeof fieldErrorsOf>): Promise<void> {
  const fields = await fieldErrorsOf(...of);
  const messages = Object.values(fields);
  if (messages.length === 0) return;
  throw new AppError("invalid_input", `None of them could be filed: ${messages.join(" ")}`, { fields });
}

const given = z.record(z.string(), z.unknown()).catch({});

/** The values that were given once for all. */
export const fieldsOf = (bulk: { fields: unknown }): Record<string, unknown> => given.parse(bulk.fields);
