import { z } from "zod";
import { idSchema } from "@/lib/db/ids";

// Longer than any path that a file system takes.
const name = z.string().trim().min(1, "says what the file is called").max(4_096);

/** What stands beside the body of an upload to a result. */
export const resultFileInput = z.object({
  name: name.describe("The file's name, or the path by which the report names it as [[ATTACHMENT|path]]."),
});

/** What stands beside the body of any other upload. */
export const fileInput = z.object({
  name: name.describe("The file's name."),
  // What is no id is one more draft that does not exist.
  draftId: z.string().max(64).optional().describe("The draft whose text shows it; the file then goes with the draft."),
});

/** `inline=1`: shown in a page instead of downloaded, where it is an image that can be. */
export const serveInput = z.object({ inline: z.literal("1").optional() });

/** A page of files, oldest first; the cursor is the id of the last one that was shown. */
export const filesInput = z.object({
  cursor: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
