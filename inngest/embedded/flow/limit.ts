import type { FunctionConfig } from "../config";
import type { Sql } from "../sql";
import { keyOf, limitKeyOf } from "./event";
import type { Wanted } from "./gather";
import { debounce, rate, throttle } from "./rules";
import { type Chosen, choose } from "./singleton";
import { type Kind, Windows } from "./windows";

const DAY_MS = 86_400_000;

/** As on an Inngest server, idempotency is a rate of one a day and takes the place of another. */
const rateOf = ({ idempotency, rateLimit }: FunctionConfig) =>
  idempotency === undefined ? rateLimit : { limit: 1, period: DAY_MS, key: idempotency };

/** What is to start, and when. */
export type Admitted = Chosen & { startAt?: Date };

/**
 * Drops what is over its rate or runs already, lets what is debounced wait, and gives what is throttled its time.
 * `cancelled` are the unfinished runs that have to make room first.
 */
export async function limit(
  client: Sql,
  wanted: Wanted[],
): Promise<{ starts: Admitted[]; cancelled: string[]; areWaiting: boolean }> {
  const windows = await Windows.lock(client, wanted.flatMap(windowsOf));
  const within = wanted.filter((one) => isWithinRate(one, windows) && !isDebounced(one, windows));
  const { starts, cancelled } = await choose(client, within);
  // Only now, so that what does not start takes no share of the throttle.
  const admitted = starts.map((one) => throttled(one, windows));
  await windows.store(client);
  return { starts: admitted, cancelled, areWaiting: windows.areWaiting };
}

type Options = { key?: string | undefined } | undefined;

function nameOf(one: Wanted, kind: Kind, options: Options, read: typeof limitKeyOf = keyOf) {
  const [event] = one.events;
  const key = options && event ? read(options.key, event) : null;
  return key === null ? null : { functionId: one.fn.id, kind, key };
}

const rateName = (one: Wanted) =>
  one.from === "debounce" ? null : nameOf(one, "rate", rateOf(one.fn.config), limitKeyOf);
const debounceName = (one: Wanted) => (one.from ? null : nameOf(one, "debounce", one.fn.config.debounce));
const throttleName = (one: Wanted) => nameOf(one, "throttle", one.fn.config.throttle);

const windowsOf = (one: Wanted) =>
  [rateName(one), debounceName(one), throttleName(one)].flatMap((name) => (name ? [name] : []));

function isWithinRate(one: Wanted, windows: Windows): boolean {
  const options = rateOf(one.fn.config);
  const name = rateName(one);
  if (!options || !name) return true;
  const { isAllowed, after } = rate(windows.get(name), windows.nowMs, options);
  windows.set(name, after);
  return isAllowed;
}

function isDebounced(one: Wanted, windows: Windows): boolean {
  const options = one.fn.config.debounce;
  const name = debounceName(one);
  const [event] = one.events;
  if (!options || !name || !event) return false;
  windows.set(name, debounce(windows.get(name), windows.nowMs, event.id, options));
  return true;
}

function throttled(one: Chosen, windows: Windows): Admitted {
  const options = one.fn.config.throttle;
  const name = throttleName(one);
  if (!options || !name || one.isSuperseded) return one;
  const { startAtMs, after } = throttle(windows.get(name), windows.nowMs, options);
  windows.set(name, after);
  return { ...one, startAt: new Date(Math.ceil(startAtMs)) };
}
