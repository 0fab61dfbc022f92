import { z } from "zod";
import { idSchema } from "@/lib/db/ids";

const line = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest, `must have at most ${longest} characters`)
    .regex(/^[^\0\n\r]*$/, "must be one line");

export const longest = { owner: 200, component: 200, tag: 100, tags: 50, documentChars: 200_000 };

const named = (most: number) =>
  line(most)
    .transform((text) => text || null)
    .nullable()
    .optional();

/** What may be changed of a case; what is left out stays. `version` is the one that was read. */
export const caseInput = z.object({
  version: z.int().min(1),
  owner: named(longest.owner),
  component: named(longest.component),
  tags: z
    .array(line(longest.tag).min(1, "must not be empty"))
    .max(longest.tags, `must be at most ${longest.tags}`)
    .transform((tags) => [...new Set(tags)])
    .optional(),
  steps: z.unknown().optional().describe("TipTap JSON; null: none."),
  expected: z.unknown().optional().describe("TipTap JSON; null: none."),
});

const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int(error).min(least, error).max(most, error);
};

/** A page of a project's cases, in the order in which they first came. */
export const casesInput = z.object({
  cursor: idSchema.optional(),
  limit: whole(1, 200).default(50),
  q: line(200).optional().describe("Text that the suite, class, name, owner, component or a tag contains."),
  state: z.enum(["failing", "flaky"]).optional().describe("failing: the latest result failed or is in error."),
});

const historyCursor = z
  .string()
  .regex(/^\d{1,15}_[0-9a-f-]{36}$/, "is not a cursor of this list")
  .transform((value, context) => {
    const [ms = "", id = ""] = value.split("_");
    const parsed = idSchema.safeParse(id);
    const at = new Date(Number(ms));
    if (parsed.success && !Number.isNaN(at.getTime())) return { at, id: parsed.data };
    context.addIssue({ code: "custom", message: "is not a cursor of this list" });
    return z.NEVER;
  });

/** A page of a case's results, newest first. */
export const caseResultsInput = z.object({ cursor: historyCursor.optional(), limit: whole(1, 200).default(50) });
