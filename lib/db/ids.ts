import { uuidv7 } from "uuidv7";
import { z } from "zod";

/** A new UUIDv7. Ids are made here, also for COPY, so that PostgreSQL 15 serves. */
export const newId = (): string => uuidv7();

/** Every id made from that moment on is greater than or equal to this one, every earlier one is less. */
export function lowestIdAt(moment: Date): string {
  const ms = Math.max(0, moment.getTime()).toString(16).padStart(12, "0").slice(-12);
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-000000000000`;
}

/** Accepts what `newId` makes; anything else is not an id of ours. */
export const idSchema = z.uuid();

export const isId = (text: unknown): text is string => idSchema.safeParse(text).success;
