import { seconds } from "./say.mjs";

/** What each part of `npm test` may take on two cores. A full run takes as long as its figures need. */
export const limitsMinutes = Object.freeze({ "set-up": 2, unit: 4, contract: 3, fuzz: 2, faults: 4, e2e: 6 });

/**
 * How a time stands to its limit: what to print beside it, a warning when it is above, and whether that is a failure,
 * which it is above double.
 * @param {number} tookMs
 * @param {number | undefined} limitMinutes
 */
export function judge(tookMs, limitMinutes) {
  const took = seconds(tookMs);
  if (limitMinutes === undefined) return { text: took, warning: null, isFailure: false };
  const limitMs = limitMinutes * 60_000;
  const isFailure = tookMs > 2 * limitMs;
  const warning = isFailure
    ? `TOO SLOW: ${took} is more than double the limit of ${limitMinutes} min.`
    : `SLOW: ${took} is above the limit of ${limitMinutes} min; above ${2 * limitMinutes} min it fails.`;
  return {
    text: `${took} (limit ${limitMinutes} min)`,
    warning: tookMs > limitMs ? warning : null,
    isFailure,
  };
}
