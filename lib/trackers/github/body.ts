import { doc, link, paragraph } from "@/lib/richtext/build";
import type { RichBlock, RichDoc, RichInline } from "@/lib/richtext/doc";
import { markerComment, toMarkdown } from "@/lib/richtext/to-markdown";
import type { BodyInput, RenderedBody } from "@/lib/trackers/tracker";

// GitHub counts characters without saying which; counting UTF-16 units never comes out below its own count.
export const bodyLimitChars = 65_536;
// A cut that comes this close to the limit is close enough.
const spareChars = 256;

/**
 * The body as it is sent. What exceeds the limit is cut from the document before it is converted, never from the
 * Markdown: a cut inside a fence or a code span would let the rest of the text come alive as mentions or HTML.
 */
export function renderBody(input: BodyInput, limitChars = bodyLimitChars): RenderedBody {
  const { description, marker, footer, fullTextUrl } = input;
  const render = (kept: RichDoc, notice: readonly RichBlock[] = []) => {
    const { output, losses } = toMarkdown(doc(...kept.content, ...notice, ...(footer?.content ?? [])));
    return { output: [output.trimEnd(), marker ? markerComment(marker) : ""].filter(Boolean).join("\n\n"), losses };
  };

  const whole = render(description);
  const rendered = { format: "markdown", losses: whole.losses, sizeChars: whole.output.length, limitChars } as const;
  if (whole.output.length <= limitChars) return { ...rendered, output: whole.output, isCut: false };

  const notice = [cutNotice(fullTextUrl)];
  const renderStart = (characters: number) => render(keepStart(description, characters), notice).output;
  // Every kept character costs at least one in the output, so that the limit bounds the search.
  let [kept, tooMany, guess, output] = [0, limitChars + 1, limitChars, renderStart(0)];
  for (let tries = 1; tooMany - kept > 1; tries++) {
    const attempt = renderStart(guess);
    if (attempt.length > limitChars) tooMany = guess;
    else {
      [kept, output] = [guess, attempt];
      if (limitChars - attempt.length < spareChars) break;
    }
    // A text grows about evenly: a guess in proportion lands near in few tries, halving ends what it cannot reach.
    const inProportion = Math.floor((guess * (limitChars - spareChars / 2)) / attempt.length);
    const isInside = inProportion > kept && inProportion < tooMany;
    guess = tries <= 4 && isInside ? inProportion : (kept + tooMany) >> 1;
  }
  return { ...rendered, output, isCut: true };
}

const cutNotice = (url: string | undefined): RichBlock => {
  const sentence = "The text is longer than GitHub allows and was cut here.";
  return url ? paragraph(`${sentence} `, link(url, "Read all of it")) : paragraph(sentence);
};

/** The first so many characters of a document's text, in the structure that they stand in. */
export function keepStart(document: RichDoc, characters: number): RichDoc {
  let left = characters;
  const take = (text: string): string => {
    let part = text.slice(0, Math.max(0, left));
    if (/[\uD800-\uDBFF]$/.test(part) && part.length < text.length) part = part.slice(0, -1);
    left -= text.length;
    return part;
  };

  const takeInline = (content: readonly RichInline[]): RichInline[] =>
    content.flatMap((node): RichInline[] => {
      if (left <= 0) return [];
      if (node.type !== "text") {
        left -= 1;
        return [node];
      }
      const text = take(node.text);
      return text ? [{ ...node, text }] : [];
    });

  const takeBlocks = (content: readonly RichBlock[]): RichBlock[] =>
    content.flatMap((block) => (left > 0 ? takeBlock(block) : []));

  const takeBlock = (block: RichBlock): RichBlock[] => {
    switch (block.type) {
      case "paragraph":
      case "heading":
        return [{ ...block, content: takeInline(block.content) }];
      case "codeBlock": {
        const whole = block.content.map((node) => node.text).join("");
        const part = take(whole);
        // Half a line of a stack trace misleads; a single endless line is better than none.
        const text = part.length < whole.length ? part.slice(0, part.lastIndexOf("\n") + 1 || undefined) : part;
        return text ? [{ ...block, content: [{ type: "text", text }] }] : [];
      }
      case "blockquote":
        return [{ ...block, content: takeBlocks(block.content) }];
      case "bulletList":
      case "orderedList":
        return [
          {
            ...block,
            content: block.content.flatMap((item) =>
              left > 0 ? [{ ...item, content: takeBlocks(item.content) }] : [],
            ),
          },
        ];
      case "horizontalRule":
        left -= 1;
        return [block];
    }
  };

  return { ...document, content: takeBlocks(document.content) };
}
