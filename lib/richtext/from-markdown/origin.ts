import type { Origin } from "../target";

export type Flavor = "gfm" | "glfm";

/** What the readers have to know. */
export type Reading = Origin & {
  flavor: Flavor;
  /** The text that was parsed: what a backslash kept from being syntax can only be seen there. */
  source: string;
  /** A word that does not occur in it. */
  slotWord: string;
  /** Where the names in reference links lead. */
  definitions: ReadonlyMap<string, { url: string; title: string | null }>;
};
