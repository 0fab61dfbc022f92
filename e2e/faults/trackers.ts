import type { FaultInput } from "@/e2e/sandbox/faults";
import type { LagInput } from "@/e2e/sandbox/index-lag";
import { azure, cloud, dc, github, gitlab } from "@/e2e/vitest/trackers";
import type { CreationState } from "@/lib/db/generated/enums";
import { settleMsOf } from "@/lib/issues/creation/timing";
import { type ProviderId, trackerOf } from "@/lib/trackers/registry";
import { isFull } from "./scale";

/** A tracker to file into, the calls that create and look, and how late its indexes are while it is looked. */
export type Filing = {
  provider: ProviderId;
  on: typeof github | typeof gitlab | typeof cloud | typeof dc | typeof azure;
  key: string;
  type?: string;
  create: { method: "POST"; path: string };
  look: { path: string };
  /** What it searches always lags by a minute; what it lists by nearly what it is known to bear. */
  lag: LagInput;
  /** Its issues with all that stands beside them, where `issues` does not show it. */
  whole?: () => readonly unknown[];
};

export const filings: readonly Filing[] = [
  {
    ...{ provider: "github", on: github, key: "acme/checkout" },
    create: { method: "POST", path: "/issues$" },
    look: { path: "/issues\\?" },
    lag: { searchSeconds: 60, listSeconds: 10 },
  },
  {
    ...{ provider: "gitlab", on: gitlab, key: "acme/web/checkout" },
    create: { method: "POST", path: "/issues$" },
    look: { path: "/issues\\?" },
    lag: { searchSeconds: 60, listSeconds: 60 },
  },
  {
    ...{ provider: "jira-cloud", on: cloud, key: "PAY", type: "Task" },
    create: { method: "POST", path: "/rest/api/3/issue$" },
    look: { path: "/search" },
    lag: { searchSeconds: 60 },
  },
  {
    ...{ provider: "jira-dc", on: dc, key: "PAY", type: "Task" },
    create: { method: "POST", path: "/rest/api/2/issue$" },
    look: { path: "/search" },
    lag: { searchSeconds: 60 },
  },
  {
    ...{ provider: "azure-devops", on: azure, key: "Webshop", type: "Task" },
    create: { method: "POST", path: "/workItems/\\$" },
    look: { path: "/wiql" },
    lag: { searchSeconds: 60, listSeconds: 35 },
    whole: () => azure.state().items,
  },
];

/** All their indexes have one time. */
export const everyLag = {
  lag: { passTime: (ms: number) => filings.forEach(({ on }) => void on.lag.passTime(ms)) },
};

/** Where a look proves no absence, a person decides about what was never made. */
export const asksPeople = ({ provider }: Filing): boolean => !trackerOf(provider).marker.provesAbsence;

/**
 * Nothing may be stuck for longer: a minute after what the tracker's index is stated to need, or has been made to need. A
 * call that made nothing is repeated when it can take effect no more; GitLab works on one for all of that minute.
 */
export function stuckAfterMs({ provider, lag }: Filing, { isMade }: Pick<Mode, "isMade">): number {
  const tracker = trackerOf(provider);
  const { indexDelayMs } = tracker.marker;
  if (!isMade) return Math.max(60_000 + indexDelayMs, settleMsOf(tracker) + 10_000);
  return 60_000 + Math.max(indexDelayMs, (lag.listSeconds ?? 0) * 1_000);
}

/** What a tracker may do to the creating call, and what the page shows until the issue is found. */
export type Mode = {
  name: string;
  fault: FaultInput;
  /** The issue is there all the same. */
  isMade: boolean;
  shows: CreationState;
  /** Some trackers' answers are read whatever they are called. */
  mayBeRead?: true;
  /** Tried at full length alone. */
  isExtra?: true;
};

type Answers = Pick<Mode, "isMade" | "shows">;
const lost = { isMade: true, shows: "unknown" } as const satisfies Answers;
const absent = { isMade: false, shows: "unknown" } as const satisfies Answers;
const refused = (shows: CreationState): Answers => ({ isMade: false, shows });

const all: readonly Mode[] = [
  { name: "a reset before it was created", fault: { mode: "reset" }, ...absent },
  { name: "a reset after it was created", fault: { mode: "drop-reply" }, ...lost },
  { name: "half a response", fault: { mode: "truncate" }, ...lost },
  { name: "500 after it was created", fault: { mode: "status", after: true }, ...lost },
  { name: "502 without it", fault: { mode: "status", status: 502 }, ...absent, isExtra: true },
  { name: "408 after it was created", fault: { mode: "status", status: 408, after: true }, ...lost, isExtra: true },
  { name: "no answer until the deadline", fault: { mode: "hang" }, ...lost },
  { name: "success with broken JSON", fault: { mode: "bad-json" }, ...lost },
  { name: "success with an empty object", fault: { mode: "status", status: 200, after: true, body: {} }, ...lost },
  {
    name: "success with another content type",
    fault: { mode: "headers", headers: { "content-type": "text/html" } },
    ...lost,
    mayBeRead: true,
  },
  { name: "a body that comes byte by byte", fault: { mode: "slow-body", delayMs: 1_000 }, ...lost },
  {
    name: "a redirect of the call",
    fault: { mode: "redirect", status: 307, headers: { location: "/elsewhere" } },
    ...refused("failed"),
  },
  { name: "401", fault: { mode: "status", status: 401 }, ...refused("held"), isExtra: true },
  { name: "a sign-in page after it was created", fault: { mode: "html", after: true }, isMade: true, shows: "held" },
  {
    name: "429 with Retry-After",
    fault: { mode: "status", status: 429, headers: { "retry-after": "30" } },
    ...refused("held"),
  },
];

export const modes = all.filter(({ isExtra }) => isFull || !isExtra);
