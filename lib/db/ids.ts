import { uuidv7 } from "uuidv7";
import { z } from "zod";

/** A new UUIDv7. Ids are made here, also for COPY, so that PostgreSQL 15 serves. */
export const newId = (): string => uuidv7();

/** Accepts what `newId` makes; anything else is not an id of ours. */
export const idSchema = z.uuid();

export const isId = (text: unknown): text is string => idSchema.safeParse(text).success;
