import { z } from "zod";
import type { ActionContract } from "@/lib/contract";
import { idSchema } from "@/lib/db/ids";
import { patternInput } from "@/lib/projects/secret-patterns";

const project = z.object({ projectId: idSchema });

export const contract = {
  save: {
    access: "project.manage",
    summary: "Adds a pattern of what counts as a secret in the project, or changes one.",
    input: patternInput.extend({ ...project.shape, patternId: idSchema.optional() }),
    audit: "secret_pattern.added",
  },
  remove: {
    access: "project.manage",
    summary: "Deletes a pattern: what it found is sent as it is from then on.",
    input: project.extend({ patternId: idSchema }),
    audit: "secret_pattern.deleted",
  },
  tryOut: {
    access: "project.manage",
    summary: "What a pattern finds in a text and in the project's latest failures; nothing is saved.",
    input: project.extend({ pattern: patternInput.shape.pattern, text: z.string().max(20_000) }),
    audit: "secret_pattern.tried",
  },
} satisfies Record<string, ActionContract>;
