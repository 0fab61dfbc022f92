import { z } from "zod";
import { boardSettings } from "./board-shape";

const choice = z.object({ id: z.string(), name: z.string() });

export const boardAnswer = z.object({
  board: boardSettings.nullable(),
  fields: z.array(z.object({ ...choice.shape, options: z.array(choice), url: z.string() })).nullable(),
  gaps: z.array(
    z.object({
      field: z.enum(["priority", "status"]),
      fieldName: z.string(),
      option: z.string().nullable(),
      url: z.string().nullable(),
    }),
  ),
});
