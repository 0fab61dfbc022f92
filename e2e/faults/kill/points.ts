import type { FaultInput } from "@/e2e/sandbox/faults";
import type { CreationState } from "@/lib/db/generated/enums";

/** What the product is seen doing. `holds` and `path` are regular expressions. */
export type Watch =
  /** A statement with its values; "after" when it came back with rows, which are looked at too. */
  | { at: "statement"; when: "before" | "after"; holds: string }
  /** The commit of a transaction with such a statement. */
  | { at: "commit"; when: "before" | "after"; holds: string }
  /** A call to a tracker: just before its first byte, after its last, at the head of the reply, at its end. */
  | { at: "wire"; when: "written" | "sent" | "replied" | "complete"; method: string; path: string };

/** A point at which the product dies, and what has to be true there: that shows that the point lies where it says. */
export type Point = {
  name: string;
  means: string;
  watch: Watch;
  /** Who dies: the process that is asked for the issue, or the one that makes it. */
  who: "asked" | "working";
  /** How the tracker behaves on the way there. */
  fault?: FaultInput;
  /** Not killed at once: it stands still there until the tracker has made the issue. */
  waitsForIssue?: true;
  /** Whoever goes on may send a shorter text. */
  mayBeCut?: true;
  /** The tracker's issues (null: nobody can know) and the creation's state (null: there is none) at the death. */
  left: { issues: 0 | 1 | null; state: CreationState | null };
};

const create = { method: "POST", path: "/issues$" };
const look = { method: "GET", path: "/issues\\?" };
const settled = (step: string) => `executor\\.step[^]*"name\\\\?":\\s*\\\\?"${step}\\\\?"`;
const row = (verb: string, table: string) => `${verb} "public"\\."${table}"`;

const asked = row("INSERT INTO", "IssueCreation");
// Other jobs come and go meanwhile.
const started = "INSERT INTO executor\\.run[^]*create-issue";
const claimed = 'executor\\.job[^]*"functionId":"[^"]*create-issue"';
const prepared = `${row("UPDATE", "IssueCreation")} SET "connectionId"`;
const sent = `${row("UPDATE", "IssueCreation")} SET [^]*"attempts" = \\(`;
// Other moves name this state as one that they may come from; the one that they lead to stands before the time.
const doubted = `${row("UPDATE", "IssueCreation")} SET [^]*"errorMessage"[^]*"unknown","\\d`;
const shortened = `${row("UPDATE", "IssueCreation")} SET [^]*"bodyCuts" = \\(`;
const stored = row("INSERT INTO", "ExternalIssue");
const finished = `${row("UPDATE", "IssueCreation")} SET "warnings"`;

const before = (holds: string): Watch => ({ at: "commit", when: "before", holds });
const after = (holds: string): Watch => ({ at: "commit", when: "after", holds });
const done = (holds: string): Watch => ({ at: "statement", when: "after", holds });
const wire = (when: Extract<Watch, { at: "wire" }>["when"], call: { method: string; path: string }): Watch => ({
  at: "wire",
  when,
  ...call,
});

const lost: FaultInput = { ...create, mode: "drop-reply" };
const tooLong: FaultInput = {
  ...{ ...create, mode: "status", status: 422, times: 1 },
  body: { message: "Validation Failed", errors: [{ resource: "Issue", field: "body", code: "too_long" }] },
};
const slow: FaultInput = { ...create, mode: "delay", after: true, delayMs: 3_000 };
const queued = { issues: 0, state: "queued" } as const;
const sending = { issues: 0, state: "sending" } as const;
const made = { issues: 1, state: "sending" } as const;
const unknown = { issues: 1, state: "unknown" } as const;
const created = { issues: 1, state: "created" } as const;

const ask = { who: "asked" } as const;
const work = { who: "working" } as const;
/** The reply to the creating call is lost, so that a look has to find the issue. */
const doubt = { who: "working", fault: lost } as const;

/** GitHub has refused the text as too long, and a shorter one is to be sent. */
const shorten = { who: "working", fault: tooLong, mayBeCut: true } as const;

/** So many points at least the full run has to prove. */
export const leastPoints = 14;

/** Every moment of a creation between which something is durable that was not before, from the click to the end. */
export const points: readonly Point[] = [
  {
    ...ask,
    name: "request-unsaved",
    means: "the request is written, not committed",
    watch: before(asked),
    left: { issues: 0, state: null },
  },
  {
    ...ask,
    name: "request-saved",
    means: "the request and its event are committed, the person has no answer",
    watch: after(asked),
    left: queued,
  },
  {
    ...work,
    name: "intake-unsaved",
    means: "the event is out of the outbox, its run not committed",
    watch: before(started),
    left: queued,
  },
  {
    ...work,
    name: "intake-saved",
    means: "the run is there, nobody has taken it",
    watch: after(started),
    left: queued,
  },
  {
    ...work,
    name: "job-claimed",
    means: "the job is leased, its function not called",
    watch: done(claimed),
    left: queued,
  },
  {
    ...work,
    name: "prepare-unsaved",
    means: "prepared, the choice of connection not committed",
    watch: before(prepared),
    left: queued,
  },
  {
    ...work,
    name: "prepare-saved",
    means: "prepared, the step's result not stored",
    watch: after(prepared),
    left: queued,
  },
  {
    ...work,
    name: "prepare-settled",
    means: "the result of prepare is stored",
    watch: done(settled("prepare")),
    left: queued,
  },
  {
    ...work,
    name: "sending-unsaved",
    means: "about to send, the claim not committed",
    watch: before(sent),
    left: queued,
  },
  {
    ...work,
    name: "sending-saved",
    means: "the claim is committed, nothing has left",
    watch: after(sent),
    left: sending,
  },
  {
    ...work,
    name: "call-unwritten",
    means: "connected, no byte of the creating call written",
    watch: wire("written", create),
    left: sending,
  },
  {
    ...work,
    name: "call-written",
    means: "the creating call is written to the socket",
    watch: wire("sent", create),
    left: { issues: null, state: "sending" },
  },
  {
    ...work,
    name: "call-worked",
    means: "the tracker has made the issue and not yet replied",
    watch: wire("sent", create),
    fault: slow,
    waitsForIssue: true,
    left: made,
  },
  {
    ...work,
    name: "reply-begun",
    means: "the head of the reply is here, its body not",
    watch: wire("replied", create),
    left: made,
  },
  {
    ...work,
    name: "reply-read",
    means: "the whole reply is here, nothing of it stored",
    watch: wire("complete", create),
    left: made,
  },
  {
    ...work,
    name: "issue-unsaved",
    means: "issue, link and state are written, not committed",
    watch: before(stored),
    left: made,
  },
  {
    ...work,
    name: "issue-saved",
    means: "the issue is stored, the step's result not",
    watch: after(stored),
    left: created,
  },
  {
    ...work,
    name: "create-settled",
    means: "the result of create is stored, finish not begun",
    watch: done(settled("create")),
    left: created,
  },
  {
    ...work,
    name: "finish-unsaved",
    means: "finish has worked, what it says is not committed",
    watch: before(finished),
    left: created,
  },
  {
    ...work,
    name: "finish-saved",
    means: "what finish says is stored, the step's result not",
    watch: after(finished),
    left: created,
  },
  {
    ...work,
    name: "finish-settled",
    means: "every step is done, the run not ended",
    watch: done(settled("finish")),
    left: created,
  },
  {
    ...work,
    name: "run-ended",
    means: "the run has ended",
    watch: done('executor\\.run[^]*ended_at[^]*"completed\\\\?"[^]*created'),
    left: created,
  },
  {
    ...shorten,
    name: "shorter-unsaved",
    means: "the text was refused as too long, that it has to be shorter is not committed",
    watch: before(shortened),
    left: sending,
  },
  {
    ...shorten,
    name: "shorter-saved",
    means: "that it has to be shorter is committed, nothing more has left",
    watch: after(shortened),
    left: queued,
  },
  {
    ...doubt,
    name: "doubt-unsaved",
    means: "the reply is lost, that it is unknown not committed",
    watch: before(doubted),
    left: made,
  },
  {
    ...doubt,
    name: "doubt-saved",
    means: "the outcome is stored as unknown, the job not told when to look",
    watch: after(doubted),
    left: unknown,
  },
  {
    ...doubt,
    name: "look-unwritten",
    means: "a look for the lost issue is about to leave",
    watch: wire("written", look),
    left: unknown,
  },
  {
    ...doubt,
    name: "look-read",
    means: "the look's answer is here, nothing of it stored",
    watch: wire("complete", look),
    left: unknown,
  },
  {
    ...doubt,
    name: "found-unsaved",
    means: "the found issue is written, not committed",
    watch: before(stored),
    left: unknown,
  },
  { ...doubt, name: "found-saved", means: "the found issue is stored", watch: after(stored), left: created },
];
