import { z } from "zod";

// What answers of all trackers have in common.

/** It becomes a link on our pages: a server that somebody entered must not put a script there. */
export const webUrl = z.url({ protocol: /^https?$/ });

/** Some write the zone without a colon ("2019-08-27T12:43:24.674-0700"), which JavaScript need not read. */
export const moment = z
  .string()
  .transform((text) => new Date(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2")))
  .refine((date) => !Number.isNaN(date.getTime()), "is no moment");
