import { z } from "zod";
import { ResultStatus } from "@/lib/db/generated/enums";
import { idSchema } from "@/lib/db/ids";

// CI scripts pass variables that may be empty; PostgreSQL stores no NUL.
const text = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest, `must have at most ${longest} characters`)
    .regex(/^[^\0]*$/, "must not hold NUL")
    .transform((value) => value || undefined)
    .optional();

const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int(error).min(least, error).max(most, error);
};

/** What an import may say beside the file: as query parameters, or as fields of a multipart form. */
export const importInput = z.object({
  run: text(200).describe("The CI system's id of the run. Files that name the same id are added to one run."),
  attempt: z
    .preprocess((value) => (value === "" ? undefined : value), whole(1, 1000).default(1))
    .describe("The CI system's attempt at the run; above 1, results become further attempts."),
  branch: text(250),
  commit: text(100),
  environment: text(200).describe("A run stores one result per case and environment."),
  filename: text(300),
  buildUrl: text(2000).refine((value) => value === undefined || /^https?:\/\/\S+$/.test(value), {
    message: "must be an http or https address",
  }),
});

export const statusSchema = z.enum(ResultStatus);

const limit = (usual: number) => whole(1, 500).default(usual);

/** A page of runs, newest first; the cursor is the number of the last run that was shown. */
export const runsInput = z.object({
  cursor: z.coerce
    .number()
    .int()
    .max(2 ** 31 - 1)
    .optional(),
  limit: limit(50),
  branch: text(250),
  environment: text(200),
  commit: text(100).describe("What the commit starts with."),
});

const cursor = z
  .string()
  .regex(/^\d_[0-9a-f-]{36}$/, "is not a cursor of this list")
  .transform((value, context) => {
    const id = idSchema.safeParse(value.slice(2));
    if (id.success) return { rank: Number(value[0]), id: id.data };
    context.addIssue({ code: "custom", message: "is not a cursor of this list" });
    return z.NEVER;
  });

/** A page of a run's results, failures first. `status` takes several, separated by commas. */
export const resultsInput = z.object({
  cursor: cursor.optional(),
  limit: limit(100),
  status: z
    .string()
    .transform((list) => list.split(",").filter(Boolean))
    .pipe(z.array(statusSchema))
    .optional(),
  q: text(200).describe("Text that the suite, the name or the message contains."),
  groupId: z.string().optional().describe("Only those of this failure group."),
});
