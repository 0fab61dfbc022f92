import { z } from "zod";
import { Severity } from "@/lib/db/generated/enums";
import { idSchema } from "@/lib/db/ids";

const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int(error).min(least, error).max(most, error);
};

const cursor = z
  .string()
  .regex(/^\d_\d{1,9}_[0-9a-f-]{36}$/, "is not a cursor of this list")
  .transform((value, context) => {
    const [place = "", count = "", id = ""] = value.split("_");
    const parsed = idSchema.safeParse(id);
    if (parsed.success) return { place: Number(place), count: Number(count), id: parsed.data };
    context.addIssue({ code: "custom", message: "is not a cursor of this list" });
    return z.NEVER;
  });

/** A page of a run's failure groups. `severity` takes several, separated by commas. */
export const groupsInput = z.object({
  cursor: cursor.optional(),
  limit: whole(1, 200).default(100),
  q: z
    .string()
    .trim()
    .max(200, "must have at most 200 characters")
    .regex(/^[^\0]*$/, "must not hold NUL")
    .optional()
    .describe("Text that the title, or the suite or name of its sample, contains."),
  only: z
    .enum(["new", "known", "flaky", "assessed_away", "without_issue", "with_issue"])
    .optional()
    .describe("Flaky groups have no failure in the run; all others are of those that have."),
  severity: z
    .string()
    .transform((list) => list.split(",").filter(Boolean))
    .pipe(z.array(z.enum(Severity)))
    .optional(),
});

const groupIds = (most: number) => z.array(z.string()).min(1, "name at least one").max(most, `at most ${most} at once`);

/** The groups become one: `into` stays. */
export const mergeInput = z.object({ into: z.string(), groupIds: groupIds(200) });

// 128 bits of a sha-256, whatever version and variant they say.
const hashSchema = z.guid();

const keepSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("value"), index: z.number().int().min(0).max(99) }),
  z.object({ kind: z.literal("frame"), depth: z.number().int().min(0).max(99) }),
  z.object({ kind: z.literal("suite") }),
  z.object({ kind: z.literal("case") }),
]);

/** Fingerprints that become a group of their own; or one fingerprint, whose failures are told apart by what is kept. */
export const splitInput = z.union([
  z.strictObject({ hashes: z.array(hashSchema).min(1).max(500) }),
  z.strictObject({ hash: hashSchema, keep: keepSchema }),
]);
