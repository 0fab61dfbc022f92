import { codeBlockOf } from "./code";
import { box, cell, details, item, list, quote, row, rowGroup, summary, table } from "./containers";
import { inside, lines, oneLine } from "./enter";
import type { Step } from "./frame";
import { attr, type Element } from "./parse";
import { emojiOf, imageOf, mentionOf } from "./parts";
import { styleOf } from "./style";

/** Not a part of what people read. */
const dropped: ReadonlySet<string> = new Set(
  (
    "script style template head title meta link base noembed noframes iframe object embed applet audio video canvas " +
    "desc metadata datalist colgroup"
  ).split(" "),
);

/** What an element means. Of one that is not known its text is kept, and a browser's way with its lines. */
export const enter: Step = (element, scope, origin) => {
  const { tagName } = element;
  if (dropped.has(tagName) || isHidden(element)) return null;
  const step = steps.get(tagName);
  return step ? step(element, scope, origin) : { scope: inside([element, scope, origin]) };
};

const emojiName = (element: Element) =>
  /^:([\w+-]+):$/.exec(attr(element, "title") ?? attr(element, "data-emoji-short-name") ?? "")?.[1];

const isHidden = (element: Element) =>
  styleOf(element).get("display") === "none" || attr(element, "hidden") !== undefined;

const block: Step = (...args) => lines(args);

const heading =
  (level: number): Step =>
  (...args) => {
    const [, { flow }] = args;
    return oneLine(args, (content) => flow.block({ type: "heading", attrs: { level }, content }));
  };

const code: Step = (element, { flow }) => {
  flow.block(codeBlockOf(element));
  return null;
};

const image: Step = (element, { flow, marks }, origin) => {
  const part = imageOf(element, marks, origin);
  if (part) flow.inline(part);
  return null;
};

const anchor: Step = (element, scope, origin) => {
  const mention = mentionOf(element, scope.marks, origin);
  if (mention === null) return { scope: inside([element, scope, origin]) };
  scope.flow.inline(mention);
  return null;
};

const input: Step = (element, { flow, item: around, marks }) => {
  if (attr(element, "type")?.toLowerCase() !== "checkbox") return null;
  const isChecked = attr(element, "checked") !== undefined;
  if (around && around.checked === null && flow.isEmpty) around.checked = isChecked;
  else flow.text(isChecked ? "☑ " : "☐ ", marks, false);
  return null;
};

const emoji =
  (nameOf: (element: Element) => string | undefined): Step =>
  (element, scope, origin) => {
    const name = nameOf(element);
    const only = element.childNodes[0];
    const text = name !== undefined && element.childNodes.length === 1 && only && "value" in only ? only.value : null;
    const part = text === null ? null : emojiOf(name, text === `:${name}:` ? null : text, scope.marks);
    if (part === null) return { scope: inside([element, scope, origin]) };
    scope.flow.inline(part);
    return null;
  };

const each = (names: string, step: Step) => names.split(" ").map((name): [string, Step] => [name, step]);
const steps: ReadonlyMap<string, Step> = new Map([
  ...each("address article aside center dd dialog dir fieldset figcaption figure footer form header hgroup", block),
  ...each("legend main nav optgroup option section body html caption", block),
  ...each("p dt", (...args) => lines(args, false)),
  ...each("div", box),
  ...[1, 2, 3, 4, 5, 6].map((level): [string, Step] => [`h${level}`, heading(level)]),
  ...each("blockquote", quote),
  ...each("ul menu dir", list(false)),
  ...each("ol", list(true)),
  ...each("li", item),
  ...each("pre listing xmp plaintext", code),
  ...each("table", table),
  ...each("thead", rowGroup(true)),
  ...each("tbody tfoot", rowGroup(false)),
  ...each("tr", row),
  ...each("td th", cell),
  ...each("details", details),
  ...each("summary", summary),
  ...each("img", image),
  ...each("a", anchor),
  ...each("input", input),
  ...each(
    "g-emoji",
    emoji((element) => attr(element, "alias")),
  ),
  ...each(
    "gl-emoji",
    emoji((element) => attr(element, "data-name")),
  ),
  ...each("span", emoji(emojiName)),
  ...each("hr", (_, { flow }) => {
    flow.block({ type: "horizontalRule" });
    return null;
  }),
  ...each("br", (_, { flow }) => {
    flow.lineBreak();
    return null;
  }),
  ...each("textarea", (element, scope, origin) => lines([element, { ...scope, isKept: true }, origin])),
]);
