import { BoundedSaxes, type Tag } from "./bounded-saxes";
import { DecodeFault, decodeXml } from "./decode";
import { type Entry, limits, type ReadStatus } from "./entry";
import { type Fault, JUnitCase } from "./junit-case";
import { refusedRoot } from "./refuse";
import { Text } from "./text";
import type { Warnings } from "./warnings";

// Elements of a test case that say how an attempt ended. Those of a rerun are written by Surefire, Gradle, nextest and
// Playwright; <rerun> by plugins of pytest.
const faults: Record<string, { status: ReadStatus; isRerun: boolean }> = {
  failure: { status: "failed", isRerun: false },
  error: { status: "error", isRerun: false },
  skipped: { status: "skipped", isRerun: false },
  rerunFailure: { status: "failed", isRerun: true },
  rerunError: { status: "error", isRerun: true },
  flakyFailure: { status: "failed", isRerun: true },
  flakyError: { status: "error", isRerun: true },
  rerun: { status: "failed", isRerun: true },
};

/**
 * Reads JUnit XML of any dialect, as it arrives: yields the test cases of each piece of the file. Throws invalid_input
 * for anything else, with line and column.
 */
export async function* readJUnit(input: AsyncIterable<Uint8Array>, warnings: Warnings): AsyncGenerator<Entry[]> {
  const reader = new Reader(warnings);
  let turnEndsAt = performance.now() + turnMs;
  try {
    for await (const text of decodeXml(input)) {
      reader.xml.write(text);
      const entries = reader.take();
      if (entries.length > 0) yield entries;
      // A source that always has bytes ready would otherwise keep every other request waiting.
      if (performance.now() < turnEndsAt) continue;
      await new Promise(setImmediate);
      turnEndsAt = performance.now() + turnMs;
    }
  } catch (error) {
    if (!(error instanceof DecodeFault)) throw error;
    reader.xml.write(error.readable);
    reader.xml.refuse(`The file is not valid ${error.encoding}. Save it in the encoding that it declares`);
  }
  reader.xml.close();
  const entries = reader.take();
  if (entries.length > 0) yield entries;
}

const turnMs = 8;

class Reader {
  readonly xml = new BoundedSaxes(this);
  readonly #warnings: Warnings;
  readonly #suites: string[] = [];
  #suite = "";
  #depth = 0;
  #cases = 0;
  #entries: Entry[] = [];
  #case: JUnitCase | null = null;
  #isMarked = false;
  #fault: Fault | null = null;
  #property: { name: string; text: Text } | null = null;
  #sink: Text | null = null;

  constructor(warnings: Warnings) {
    this.#warnings = warnings;
  }

  take(): Entry[] {
    const entries = this.#entries;
    if (entries.length > 0) this.#entries = [];
    return entries;
  }

  text(piece: string): void {
    this.#sink?.add(piece);
  }

  open({ name, attributes }: Tag): void {
    this.#depth += 1;
    if (this.#depth > limits.depth) this.xml.refuse(`Elements are nested more than ${limits.depth} deep.`);
    if (this.#depth === 1 && name !== "testsuites" && name !== "testsuite")
      throw refusedRoot(name, this.xml.line, this.xml.column);

    if (this.#case) this.#openInCase(this.#case, name, attributes);
    else if (name === "testcase") {
      this.#cases += 1;
      if (this.#cases > limits.cases) this.xml.refuse(`The file has more than ${limits.cases} test cases.`);
      this.#case = new JUnitCase(attributes, this.#suite, this.#warnings);
      // By these attributes tools mark an element as one of several attempts.
      const mark = attributes.retry ?? attributes.rerun ?? attributes.retries;
      this.#isMarked = mark !== undefined && Number(mark) > 0;
    } else if (name === "testsuite") {
      this.#suites.push(attributes.name ?? "");
      this.#suite = this.#suites.filter(Boolean).join(" › ");
    }
  }

  close({ name }: Tag): void {
    this.#depth -= 1;
    if (this.#case) this.#closeInCase(this.#case, name);
    else if (name === "testsuite") {
      this.#suites.pop();
      this.#suite = this.#suites.filter(Boolean).join(" › ");
    }
  }

  #openInCase(current: JUnitCase, name: string, attributes: Tag["attributes"]): void {
    const fault = faults[name];
    if (fault && !this.#fault) {
      this.#fault = current.fault(fault.status, fault.isRerun, attributes);
      this.#collect(this.#fault.text);
    } else if (name === "system-out" || name === "system-err") this.#collect(current.output);
    else if (name === "property" && attributes.name !== undefined) {
      if (attributes.value === undefined) {
        this.#property = { name: attributes.name, text: new Text(limits.property) };
        this.#collect(this.#property.text);
      } else current.property(attributes.name, attributes.value);
    } else if (name === "testcase") this.xml.refuse("A test case stands inside another test case.");
  }

  #closeInCase(current: JUnitCase, name: string): void {
    if (name === "testcase") {
      const entry = current.finish();
      if (this.#isMarked) entry.rerun = true;
      this.#entries.push(entry);
      this.#case = null;
      this.#collect(null);
    } else if (name === "system-out" || name === "system-err") {
      if (this.#sink) this.#sink.add("\n");
      this.#collect(this.#fault?.text ?? null);
    } else if (name === "property" && this.#property) {
      current.property(this.#property.name, this.#property.text.value() ?? "");
      this.#property = null;
      this.#collect(null);
    } else if (this.#fault && faults[name]) {
      this.#fault = null;
      this.#collect(null);
    }
  }

  #collect(sink: Text | null): void {
    if ((this.#sink === null) !== (sink === null)) this.xml.listen(sink !== null);
    this.#sink = sink;
  }
}
