import { type Attempt, type Entry, limits, type ReadStatus } from "./entry";
import { Text } from "./text";
import { toMs } from "./to-ms";
import { cut, type Warnings } from "./warnings";

/** A failure, error, skipped or rerun element while it is read. */
export type Fault = { status: ReadStatus; isRerun: boolean; type: string | null; message: string | null; text: Text };

type Attributes = Record<string, string>;

// What tools write into `status` or `result` of a test case without a child element that says it.
const skippedWords = new Set(["disabled", "skipped", "ignored", "notrun", "suppressed", "pending"]);
const failedWords = new Set(["failed", "failure", "fail"]);
const errorWords = new Set(["error", "errored", "broken"]);

/** One test case element while it is read. */
export class JUnitCase {
  readonly #attributes: Attributes;
  readonly #suite: string;
  readonly #warnings: Warnings;
  #faults: Fault[] | null = null;
  #output: Text | null = null;
  #properties: Map<string, string> | null = null;

  constructor(attributes: Attributes, suite: string, warnings: Warnings) {
    this.#attributes = attributes;
    this.#suite = suite;
    this.#warnings = warnings;
  }

  fault(status: ReadStatus, isRerun: boolean, { type, message }: Attributes): Fault {
    const fault: Fault = {
      status,
      isRerun,
      type: type ? this.#cut(type, limits.type, "A type") : null,
      message: message ? this.#cut(message, limits.message, "A message") : null,
      text: new Text(limits.stack),
    };
    this.#faults ??= [];
    if (this.#faults.length < limits.attempts) this.#faults.push(fault);
    else this.#warnings.add(`More than ${limits.attempts} failures of one test case; the others are not kept.`);
    return fault;
  }

  get output(): Text {
    this.#output ??= new Text(limits.output);
    return this.#output;
  }

  property(name: string, value: string): void {
    this.#properties ??= new Map();
    if (this.#properties.size >= limits.properties) {
      this.#warnings.add(`More than ${limits.properties} properties of one test case; the others are not kept.`);
      return;
    }
    const kept = this.#cut(value, limits.property, "A property");
    this.#properties.set(this.#cut(name, limits.propertyName, "A property's name"), kept);
  }

  finish(): Entry {
    const { name = "", classname = "", time } = this.#attributes;
    const suite = this.#suite;
    const isLong = suite.length > limits.suite || classname.length > limits.name || name.length > limits.name;
    // One literal with every field, in one order: there are hundreds of thousands of these.
    const entry: Entry = {
      status: "passed",
      type: null,
      message: null,
      stack: null,
      durationMs: toMs(time),
      suite: this.#cut(suite, limits.suite, "A suite path"),
      className: this.#cut(classname, limits.name, "A class name"),
      name: this.#cut(name || "(no name)", limits.name, "A name"),
      identityKey: isLong ? JSON.stringify([suite, classname, name]) : null,
      testId: this.#properties?.get("test_id") ?? null,
      output: this.#output?.value() ?? null,
      properties: this.#withPlace(),
      attempts: none,
      rerun: false,
    };
    if (this.#output?.isCut) this.#warnings.add(`Output was cut at ${limits.output} characters.`);
    if (this.#faults) this.#judge(entry, this.#faults);
    else entry.status = this.#statusWord();
    return entry;
  }

  /** File and line belong to the case but have no column of their own. */
  #withPlace(): Record<string, string> | null {
    const { file } = this.#attributes;
    if (file === undefined && !this.#properties) return null;
    const { line } = this.#attributes;
    return {
      ...(file && { file: this.#cut(file, limits.property, "A file name") }),
      ...(file && line && { line: cut(line, 20) }),
      ...(this.#properties && Object.fromEntries(this.#properties)),
    };
  }

  #statusWord(): ReadStatus {
    const { status, result } = this.#attributes;
    if (status === undefined && result === undefined) return "passed";
    for (const word of [result?.toLowerCase(), status?.toLowerCase()]) {
      if (word === undefined) continue;
      if (skippedWords.has(word)) return "skipped";
      if (failedWords.has(word)) return "failed";
      if (errorWords.has(word)) return "error";
    }
    return "passed";
  }

  #judge(entry: Entry, faults: Fault[]): void {
    const reruns = faults.filter((fault) => fault.isRerun);
    const failing = faults.filter((fault) => !fault.isRerun && fault.status !== "skipped");
    if (reruns.length > 0) {
      entry.rerun = true;
      entry.attempts = reruns.map((fault) => ({ ...this.#told([fault]), status: fault.status, durationMs: 0 }));
    }
    if (failing.length > 0) {
      Object.assign(entry, this.#told(failing));
      entry.status = failing.some((fault) => fault.status === "error") ? "error" : "failed";
    } else if (faults.length > reruns.length) {
      Object.assign(entry, this.#told(faults.filter((fault) => !fault.isRerun).slice(0, 1)));
      entry.status = "skipped";
    } else {
      // Only reruns that failed, and then the test passed. What they said is what people want to read.
      Object.assign(entry, this.#told(reruns.slice(-1)));
      entry.status = "flaky";
    }
  }

  #told(faults: Fault[]): Pick<Attempt, "type" | "message" | "stack"> {
    const first = faults[0];
    const texts = faults.map((fault) => this.#textOf(fault, faults.length > 1));
    const stack = texts.filter((text) => text !== null).join("\n\n") || null;
    const kept = stack && this.#cut(stack, limits.stack, "A stack");
    if (faults.some(({ text }) => text.isCut)) this.#warnings.add(`A stack was cut at ${limits.stack} characters.`);
    return { type: first?.type ?? null, message: first?.message ?? (kept && firstLine(kept)), stack: kept };
  }

  /** With several failures in one case, each says its message before its stack, unless the stack begins with it. */
  #textOf({ message, text }: Fault, several: boolean): string | null {
    const stack = text.value();
    if (!several || !message || stack?.includes(message)) return stack;
    return stack ? `${message}\n${stack}` : message;
  }

  #cut(text: string, limit: number, what: string): string {
    if (text.length <= limit) return text;
    this.#warnings.add(`${what} was cut at ${limit} characters.`);
    return cut(text, limit);
  }
}

// Shared by all that have none; whoever adds attempts makes an array of their own.
const none: Attempt[] = [];

const firstLine = (text: string): string => cut(text.trimStart().split("\n", 1)[0]?.trimEnd() ?? "", 500);
