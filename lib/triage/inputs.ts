import { z } from "zod";
import { AssessmentState, Severity } from "@/lib/db/generated/enums";
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

const longestReason = 2_000;
const mostYears = 2;

const judgement = {
  severity: z.enum(Severity).nullable().optional().describe("null: no longer by hand, but what reports tell."),
  assessment: z.enum(AssessmentState).optional(),
  until: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional()
    .describe("Of an accepted risk: it is active again from then on."),
  reason: z
    .string()
    .trim()
    .max(longestReason, `must have at most ${longestReason} characters`)
    .regex(/^[^\0]*$/, "must not hold NUL")
    .transform((text) => text || undefined)
    .optional(),
};

type Said = z.output<z.ZodObject<typeof judgement>>;

/** What has to be said with what; by the field that lacks it. */
function check({ severity, assessment, until, reason }: Said, complain: (field: keyof Said, message: string) => void) {
  if (severity === undefined && assessment === undefined) complain("assessment", "name a severity or an assessment");
  const isRisk = assessment === "risk_accepted";
  if ((isRisk || assessment === "false_positive") && !reason) complain("reason", "say why");
  if (isRisk && !until) complain("until", "say until when");
  if (until && !isRisk) complain("until", "belongs to an accepted risk only");
  const last = new Date();
  last.setFullYear(last.getFullYear() + mostYears);
  if (until && until.getTime() <= Date.now()) complain("until", "must be in the future");
  if (until && until > last) complain("until", `must be at most ${mostYears} years away`);
}

const checked = <S extends z.ZodObject<typeof judgement>>(schema: S) =>
  schema.superRefine((said: Said, context) =>
    check(said, (field, message) => context.addIssue({ code: "custom", path: [field], message })),
  );

/** How bad a case is, and what people think of it. */
export const assessInput = checked(z.object(judgement));

/** The same of groups, many at once. */
export const assessGroupsInput = checked(z.object({ ...judgement, groupIds: groupIds(500) }));
