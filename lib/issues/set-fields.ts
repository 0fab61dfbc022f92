import { z } from "zod";
import { fieldValue } from "@/lib/trackers/form-schema";
import type { SetField } from "@/lib/trackers/tracker";

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
