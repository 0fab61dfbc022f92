import { z } from "zod";
import type { SetField } from "@/lib/trackers/tracker";

const choice = z.object({ id: z.string(), name: z.string() });

/** FieldValue of lib/trackers/shapes.ts, as it is stored. */
export const fieldValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  choice,
  z.array(choice),
  z.object({ parent: choice, child: choice.nullable() }),
]);

const setFields = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    kind: z.custom<SetField["kind"]>((kind) => typeof kind === "string"),
    role: z.custom<SetField["role"]>((role) => role === null || typeof role === "string"),
    wire: z.string().nullable(),
    value: fieldValue.nullable(),
  }),
);

/** What a creation sets in the tracker's own fields. */
export const setFieldsOf = (creation: { setFields: unknown }): SetField[] => setFields.parse(creation.setFields);
