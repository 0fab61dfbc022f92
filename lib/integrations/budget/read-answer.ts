import { momentOf, theirNowOf, waitMsOf } from "@/lib/http/retry-after";
import type { RateAnswer, RateRules } from "@/lib/trackers/tracker";

const day = 24 * 3_600_000;
// As for Retry-After: both sides round.
const marginMs = 1_000;

/** What an answer says of the budget. */
export type Finding = {
  window: { bucket: string; limit: number; remaining: number; resetInMs: number; remoteResetAt: Date } | null;
  /** Silence for the whole credential; `isStated` when the tracker has said how long. */
  block: { ms: number; isStated: boolean } | null;
  isLimited: boolean;
};

/** Reads an answer by the tracker's rules. What is missing, negative or absurd in it counts as not said. */
export function readAnswer(answer: RateAnswer, rules: RateRules, asked: { bucket: string }): Finding {
  const { status, headers } = answer;
  const window = windowOf(headers, rules, asked.bucket);
  const isLimited = rules.isLimited(answer);
  const isSpent = numberOf(headers.get(rules.headers.remaining)) === 0;

  // A limit that says when it is reset holds up the calls that it counts, and no others.
  const isOfWindow = isLimited && isSpent && window !== null && !headers.has("retry-after");
  // A redirect's Retry-After is for its target; any other answer's may ask for silence, a success included.
  const asksToWait = isLimited || (headers.has("retry-after") && Math.floor(status / 100) !== 3);
  const statedMs = waitMsOf(headers, isLimited && isSpent ? rules.headers.reset : undefined);
  const block =
    statedMs === null ? (isLimited ? { ms: rules.waitMs, isStated: false } : null) : { ms: statedMs, isStated: true };
  return { window, block: asksToWait && !isOfWindow ? block : null, isLimited };
}

/** What is left of the limit that an answer names; null when it names none, or one that cannot be. */
export function leftOf(headers: Headers, rules: RateRules): { limit: number; remaining: number } | null {
  const [limit, remaining] = [
    numberOf(headers.get(rules.headers.limit)),
    numberOf(headers.get(rules.headers.remaining)),
  ];
  return limit !== null && remaining !== null && limit > 0 && remaining <= limit ? { limit, remaining } : null;
}

function windowOf(headers: Headers, rules: RateRules, asked: string): Finding["window"] {
  const left = leftOf(headers, rules);
  const remoteResetMs = momentOf(headers.get(rules.headers.reset));
  const resetInMs = remoteResetMs - theirNowOf(headers) + marginMs;
  if (!left || !(resetInMs > marginMs && resetInMs <= day)) return null;
  const named = rules.headers.bucket ? headers.get(rules.headers.bucket)?.trim() : null;
  return { bucket: (named || asked).slice(0, 60), ...left, resetInMs, remoteResetAt: new Date(remoteResetMs) };
}

const numberOf = (text: string | null) => (text !== null && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null);
