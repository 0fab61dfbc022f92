import { AppError } from "@/lib/errors";
import { isValidAdf } from "./adf/validate";
import { doc, link, paragraph } from "./build";
import { keepStart, sizeOf } from "./cut";
import type { RichBlock, RichDoc } from "./doc";
import type { Loss } from "./losses";
import { wrapAdf } from "./our-block-adf";
import { wrapHtml } from "./our-block-html";
import { wrapMarkdown } from "./our-block-markdown";
import { wrapWiki } from "./our-block-wiki";
import type { Target } from "./target";
import { toAdf } from "./to-adf";
import { toHtml } from "./to-html";
import { toMarkdown } from "./to-markdown";
import { toText } from "./to-text";
import { toWiki } from "./to-wiki";

/** What trackers take as an issue's text. */
export type BodyFormat = keyof typeof formats;

/** What an issue's text is made of. */
export type BodyInput = {
  readonly description: RichDoc;
  /** Id of the creation, in the marks of our block, so that it is found again; null only where no creation exists yet. */
  readonly marker: string | null;
  /** A line of ours under the description, such as the link back. */
  readonly footer?: RichDoc | undefined;
  /** The page of what the text tells of, where more of it stands when the tracker's limit cuts it. */
  readonly failureUrl?: string | undefined;
  readonly target?: Target | undefined;
};

export type RenderedBody = {
  readonly format: BodyFormat;
  /** As it is sent; ADF as JSON. */
  readonly output: string;
  /** What the target cannot keep of what is sent, and what became of it. */
  readonly losses: readonly Loss[];
  /** As the tracker counts at most, and before anything was cut. */
  readonly sizeChars: number;
  readonly limitChars: number;
  readonly isCut: boolean;
};

type Rendered = { output: string; losses: readonly Loss[] };

type Format<T> = {
  convert: (doc: RichDoc, target: Target) => { output: T; losses: readonly Loss[] };
  /** Puts the marks of our block around it. */
  wrap: (body: T, id: string) => T;
  write: (body: T) => string;
};

const renderer =
  <T>({ convert, wrap, write }: Format<T>) =>
  (document: RichDoc, marker: string | null, target: Target): Rendered => {
    const { output, losses } = convert(document, target);
    return { output: write(marker === null ? output : wrap(output, marker)), losses };
  };

const same = <T>(body: T): T => body;

const formats = {
  gfm: renderer({
    convert: (document, target) => toMarkdown(document, { ...target, flavor: "gfm" }),
    wrap: wrapMarkdown,
    write: same<string>,
  }),
  glfm: renderer({
    convert: (document, target) => toMarkdown(document, { ...target, flavor: "glfm" }),
    wrap: wrapMarkdown,
    write: same<string>,
  }),
  adf: renderer({ convert: toAdf, wrap: wrapAdf, write: writeAdf }),
  html: renderer({ convert: toHtml, wrap: wrapHtml, write: same<string> }),
  wiki: renderer({ convert: toWiki, wrap: wrapWiki, write: same<string> }),
  // Where there is no markup, a mark would be noise: such a text is sent once and never replaced.
  text: renderer({ convert: toText, wrap: same<string>, write: same<string> }),
};

export const bodyFormats = Object.keys(formats) as [BodyFormat, ...BodyFormat[]]; // Object.keys forgets what it knows

/** Jira refuses the whole issue for one wrong node, so that none leaves: a mistake of ours is found here. */
function writeAdf(body: unknown): string {
  const validity = isValidAdf(body);
  if (validity.valid) return JSON.stringify(body);
  const message = `The text has a part that Jira does not take (${validity.errors.join(", ")}).`;
  throw new AppError("invalid_input", message, { fields: { description: message } });
}

/**
 * An issue's text as it is sent, for the preview in the browser and for the creating call alike. What exceeds the limit
 * is cut from the document before it is converted, never from the output: a cut inside a fence or a code span would let
 * the rest of the text come alive as mentions or HTML. Sizes are counted in UTF-16 units, which is never below what a
 * tracker counts.
 */
export function renderBody(format: BodyFormat, limitChars: number, input: BodyInput): RenderedBody {
  const { description, marker, footer, failureUrl, target = {} } = input;
  const render = (kept: RichDoc, notice: readonly RichBlock[] = []) =>
    formats[format](doc(...kept.content, ...notice, ...(footer?.content ?? [])), marker, target);

  const whole = render(description);
  const sizeChars = whole.output.length;
  const isCut = sizeChars > limitChars;
  const notice = [cutNotice(failureUrl)];
  const sent = isCut
    ? longestStart((size) => render(keepStart(description, size), notice), sizeOf(description), sizeChars, limitChars)
    : whole;
  return { format, limitChars, sizeChars, isCut, output: sent.output, losses: sent.losses };
}

/** Renders ever better starts until one comes close to the limit; with nothing kept, it is as short as it can be. */
function longestStart(
  renderStart: (size: number) => Rendered,
  size: number,
  sizeChars: number,
  limitChars: number,
): Rendered {
  const spareChars = Math.max(256, limitChars >> 8);
  let [kept, tooMany] = [0, size];
  let best = renderStart(0);
  // A text grows about evenly: a guess in proportion lands near in few tries, halving ends what it cannot reach.
  let guess = Math.floor((size * (limitChars - spareChars / 2)) / sizeChars);
  for (let tries = 1; tooMany - kept > Math.max(1, spareChars >> 3); tries++) {
    if (tries > 4 || guess <= kept || guess >= tooMany) guess = (kept + tooMany) >> 1;
    const attempt = renderStart(guess);
    const { length } = attempt.output;
    if (length > limitChars) tooMany = guess;
    else {
      [kept, best] = [guess, attempt];
      if (limitChars - length < spareChars) break;
    }
    guess = Math.floor((guess * (limitChars - spareChars / 2)) / length);
  }
  return best;
}

const cutNotice = (url: string | undefined): RichBlock => {
  const sentence = "The text is longer than the tracker allows and was cut here.";
  return url ? paragraph(`${sentence} `, link(url, "See the whole failure")) : paragraph(sentence);
};
