import { SaxesParser, type SaxesTagPlain } from "saxes";
import { limits } from "./entry";
import { refusedAt } from "./refuse";

export type Tag = SaxesTagPlain;

export type XmlHandlers = {
  open(tag: Tag): void;
  close(tag: Tag): void;
  /** May come in several pieces. Only called between `listen(true)` and `listen(false)`. */
  text(piece: string): void;
};

// What saxes collects until a token is complete. It declares these private; the version is pinned, and the tests on
// memory and on chunk sizes fail when the names change.
type Inside = {
  text: string;
  name: string;
  entity: string;
  piTarget: string;
  state: number;
  entityReturnState: number | undefined;
  chunk: string;
  prevI: number;
  isChar: (code: number) => boolean;
  attribList: { name: string; value: string }[];
};

// Numbers of saxes' states, by what its `text` holds there.
const dtd = (state: number) => state >= 2 && state <= 12;
const comment = (state: number) => state >= 17 && state <= 19;
const cdata = (state: number) => state >= 20 && state <= 22;
const instruction = (state: number) => state >= 25 && state <= 26;
const tagInProgress = (state: number) => state >= 34 && state <= 42;
const [inText, inEntity] = [13, 14];

const escapeCode = 0x1b;

/** saxes with bounded memory: no token of a file, however long, is collected beyond the limits. */
export class BoundedSaxes {
  readonly #parser = new SaxesParser();
  readonly #inside = this.#parser as unknown as Inside; // see Inside
  readonly #handlers: XmlHandlers;
  readonly #closed = { line: 1, column: 1 };
  #head = "";

  constructor(handlers: XmlHandlers) {
    this.#handlers = handlers;
    const parser = this.#parser;
    parser.on("error", (error) => {
      if (this.#isEscape(error.message)) return;
      const sentence = `The file is not well-formed XML: ${wording(error.message)}`;
      // saxes tells of such text when it is through with it, which depends on the chunks.
      if (error.message.endsWith("outside of root node."))
        throw refusedAt(sentence, this.#closed.line, this.#closed.column);
      this.refuse(sentence);
    });
    parser.on("xmldecl", () => this.#allowEscape());
    this.#allowEscape();
    parser.on("doctype", () => this.#refuseDtd());
    parser.on("opentag", (tag) => handlers.open(tag));
    parser.on("closetag", (tag) => {
      this.#closed.line = parser.line;
      this.#closed.column = parser.column;
      handlers.close(tag);
    });
    parser.on("cdata", (text) => handlers.text(text));
  }

  get line(): number {
    return this.#parser.line;
  }

  get column(): number {
    return this.#parser.column;
  }

  /** While nobody listens saxes throws text away as it reads, which is faster. */
  listen(on: boolean): void {
    if (on) this.#parser.on("text", (text) => this.#handlers.text(text));
    else this.#parser.off("text");
  }

  refuse(sentence: string): never {
    throw refusedAt(sentence, this.line, this.column);
  }

  write(text: string): void {
    this.#parser.write(text);
    this.#bound();
  }

  close(): void {
    this.#parser.close();
  }

  /**
   * XML 1.0 has no ESC, but tools that colour their output write it, raw or as a reference. saxes goes on after an error
   * that nobody throws, so the colours stay in the text.
   */
  #isEscape(message: string): boolean {
    const { chunk, prevI } = this.#inside;
    return message.endsWith(": disallowed character.") && chunk.charCodeAt(prevI) === escapeCode;
  }

  #allowEscape(): void {
    const isChar = this.#inside.isChar;
    this.#inside.isChar = (code) => code === escapeCode || isChar(code);
  }

  #refuseDtd(): never {
    return this.refuse(
      "The file has a document type declaration (DTD). They are not accepted, because entities can hide anything.",
    );
  }

  #bound(): void {
    const inside = this.#inside;
    const { state } = inside;
    if (dtd(state)) this.#refuseDtd();
    if (inside.name.length > limits.name || inside.piTarget.length > limits.name)
      this.refuse(`A name in the file is longer than ${limits.name} characters.`);
    if (inside.entity.length > 100) this.refuse("The file is not well-formed XML: an entity has no end.");
    if (tagInProgress(state) || state === inEntity) this.#boundTag(inside);
    if (inside.text.length === 0) return;

    if (state === inText || cdata(state) || (state === inEntity && inside.entityReturnState === inText)) {
      this.#handlers.text(inside.text);
      inside.text = "";
    } else if (comment(state)) inside.text = "";
    else if (instruction(state)) inside.text = inside.text.slice(0, 1);
    else if (inside.text.length > limits.attribute) {
      // One character over the limit stays, so that whoever reads the attribute sees that it was cut.
      if (this.#head === "") this.#head = Buffer.from(inside.text.slice(0, limits.attribute + 1)).toString();
      inside.text = this.#head;
    }
  }

  #boundTag({ attribList, text }: Inside): void {
    if (text.length <= limits.attribute) this.#head = "";
    let total = text.length;
    for (const { value } of attribList) total += value.length;
    if (total > limits.element || attribList.length > 1_000)
      this.refuse("An element has too many or too long attributes.");
  }
}

/** saxes' own words, without the place that it puts in front. */
const wording = (message: string): string => {
  const text = message.replace(/^\d+:\d+: /, "");
  const unclosed = /^unclosed tag: (.*)$/.exec(text)?.[1];
  return unclosed ? `the file ends before <${unclosed.slice(0, 100)}> is closed.` : text.slice(0, 200);
};
