import type { Frame } from "./frames";
import { isShared, type Kind } from "./kind";
import { isTelling } from "./tokens";

// A file holds many tests; which of them it was is not told.
const file = /^(?:.*\/[^ /]+\.\w{1,5}|[^ /]+\.(?:swift|rs|cc|cpp|go|php|py|rb|[jt]sx?|dart))$/;

/** Whether a place names no function in its file. */
export const isFileAlone = (place: string): boolean =>
  !place.includes("(") && !place.startsWith("test ") && file.test(place);

/** Whether neither what was said nor where tells one failure from another. */
export const isVague = (message: string, places: readonly string[], kind: Kind): boolean =>
  places.every(isFileAlone) &&
  (!isTelling(message, kind.isBare || kind.weightOfFrames < 0.3 ? 2 : 1) || (kind.isLanguage && places.length === 0));

/** Where in the product it was, to the first place that tests do not share. */
export function productPlaces(frames: readonly Frame[]): string[] {
  const own = frames.filter(({ isTest, place }) => !isTest && !isFileAlone(place)).map(({ place }) => place);
  const cause = own.findIndex((place) => !isShared(place));
  return own.slice(0, Math.min(cause === -1 ? 2 : cause + 1, 3));
}
