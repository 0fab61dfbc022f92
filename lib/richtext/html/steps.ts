import type { RichBlock, RichInline } from "../doc";
import type { Origin } from "../target";
import { codeBlockOf } from "./code";
import { Flow, LineFlow } from "./flow";
import { foldEdge, takeMark, triangles } from "./forms";
import { type Entered, nowhere, type Scope, type Step } from "./frame";
import { filled, List, startOf } from "./lists";
import { marksInside } from "./marks";
import { edgeOf, panelTypeOf, untitled } from "./panels";
import { attr, type Element } from "./parse";
import { emojiOf, imageOf, mentionOf } from "./parts";
import { styleOf } from "./style";
import { alignOf, cellOf, TableParts } from "./tables";

/** How many levels of blocks are made; below are those that the deepest one needs, and the document's limit. */
const deepest = 90;

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
  return step ? step(element, scope, origin) : inside(element, scope, origin);
};

const emojiName = (element: Element) =>
  /^:([\w+-]+):$/.exec(attr(element, "title") ?? attr(element, "data-emoji-short-name") ?? "")?.[1];

const isHidden = (element: Element) =>
  styleOf(element).get("display") === "none" || attr(element, "hidden") !== undefined;

/** What every element does to the text in it. */
const inside = (element: Element, scope: Scope, origin: Origin) => {
  const whiteSpace = styleOf(element).get("white-space");
  return {
    marks: marksInside(element, scope.marks, origin),
    isKept: whiteSpace === undefined ? scope.isKept : /^(?:pre|break-spaces)/.test(whiteSpace),
  };
};

/** An element whose content stands on lines of its own. `isSoup`: one that is no paragraph by itself. */
function lines(element: Element, scope: Scope, origin: Origin, isSoup = true): Entered {
  const { flow, cell } = scope;
  flow.endLine(true);
  if (cell) cell.align ??= alignOf(element);
  return { ...inside(element, scope, origin), end: () => flow.endLine(isSoup) };
}

/** Something with a place of its own for blocks; `end` takes what gathered there. */
function holding(end: (blocks: RichBlock[], element: Element, scope: Scope) => void, levels = 1): Step {
  return (element, scope, origin) => {
    // Past the deepest level content goes on where it stands.
    if (scope.depth + levels > deepest) return lines(element, scope, origin);
    scope.flow.endLine(true);
    const flow = new Flow();
    return {
      ...inside(element, scope, origin),
      ...nowhere,
      flow,
      depth: scope.depth + levels,
      end: () => {
        flow.endLine(true);
        end(flow.blocks, element, scope);
      },
    };
  };
}

/** Something of one line, as a heading is: what would be blocks in it is a part of the line. */
function oneLine(end: (line: RichInline[], scope: Scope) => void): Step {
  return (element, scope, origin) => {
    const flow = new LineFlow();
    return {
      ...inside(element, scope, origin),
      ...nowhere,
      flow,
      depth: Number.POSITIVE_INFINITY,
      end: () => end(flow.takeLine(), scope),
    };
  };
}

const heading = (level: number): Step =>
  oneLine((content, { flow }) => flow.block({ type: "heading", attrs: { level }, content }));

const quote = holding((blocks, _, { flow }) => flow.block({ type: "blockquote", content: filled(blocks) }));

const list =
  (isOrdered: boolean): Step =>
  (element, scope, origin) => {
    const bullets = styleOf(element).get("list-style-type") ?? styleOf(element).get("list-style") ?? "";
    const made = new List(isOrdered ? startOf(attr(element, "start")) : null, bullets.includes("none"));
    const entered = holding((_, __, { flow }) => flow.block(...made.blocks()))(element, scope, origin);
    return entered?.flow ? { ...entered, flow: made.stray, list: made } : entered;
  };

/** Items that nobody put into a list; the next one joins them. */
const loose = new WeakSet<RichBlock>();
const looseItem = holding((content, _, { flow }) => {
  const last = flow.blocks.at(-1);
  flow.endLine(true);
  const item = { type: "listItem" as const, content: filled(content) };
  if (last?.type === "bulletList" && last === flow.blocks.at(-1) && loose.has(last)) {
    last.content.push(item);
    return;
  }
  const made: RichBlock = { type: "bulletList", content: [item] };
  loose.add(made);
  flow.block(made);
}, 2);

const item: Step = (element, scope, origin) => {
  const { list: around } = scope;
  if (around === null) return looseItem(element, scope, origin);
  const ticked = attr(element, "role") === "checkbox" ? attr(element, "aria-checked") : undefined;
  const made = { checked: ticked === undefined ? null : ticked === "true" };
  const entered = holding((blocks) => around.add(made.checked, blocks))(element, scope, origin);
  return entered?.flow ? { ...entered, item: made } : entered;
};

const table: Step = (element, scope, origin) => {
  const made = new TableParts();
  const entered = holding((_, __, { flow }) => flow.block(...made.blocks()))(element, scope, origin);
  return entered?.flow ? { ...entered, flow: made.stray, table: made } : entered;
};

const row: Step = (element, scope, origin) => {
  scope.table?.row();
  return scope.table ? inside(element, scope, origin) : lines(element, scope, origin);
};

const cell: Step = (element, scope, origin) => {
  const { table: around } = scope;
  if (around === null) return lines(element, scope, origin);
  const isHeader = element.tagName === "th" || scope.isHead;
  const made = { align: alignOf(element) };
  const entered = holding((blocks) => around.cell(cellOf(element, isHeader, made.align, blocks)), 2);
  return { ...entered(element, scope, origin), cell: made };
};

const rowGroup =
  (isHead: boolean): Step =>
  (element, scope, origin) => ({ ...inside(element, scope, origin), isHead });

const detailsOf = (open: boolean, summary: RichInline[], blocks: RichBlock[]): RichBlock => ({
  type: "details",
  attrs: { open },
  content: [
    { type: "detailsSummary", content: summary },
    { type: "detailsContent", content: filled(blocks) },
  ],
});

const details: Step = (element, scope, origin) => {
  const made: NonNullable<Scope["details"]> = { summary: null };
  const isOpen = attr(element, "open") !== undefined;
  const entered = holding((blocks, _, { flow }) => {
    // A browser says so where nobody else does.
    flow.block(detailsOf(isOpen, made.summary ?? [{ type: "text", text: "Details" }], blocks));
  }, 2)(element, scope, origin);
  return entered?.flow ? { ...entered, details: made } : entered;
};

const summary: Step = (element, scope, origin) => {
  const { details: around } = scope;
  if (around === null || around.summary !== null) return lines(element, scope, origin);
  return oneLine((line) => {
    around.summary = line;
  })(element, scope, origin);
};

const box: Step = (element, scope, origin) => {
  if (edgeOf(element) === foldEdge) return unfolded(element, scope, origin);
  const panelType = panelTypeOf(element);
  if (panelType === null) return lines(element, scope, origin);
  const entered = holding((blocks, _, { flow }) =>
    flow.block({ type: "panel", attrs: { panelType }, content: filled(untitled(panelType, blocks)) }),
  )(element, scope, origin);
  // The letters' colour is the panel's.
  return { ...entered, marks: scope.marks };
};

/** Details as `toHtml` shows them. */
const unfolded = holding((blocks, _, { flow }) => {
  const taken = takeMark(blocks, Object.values(triangles));
  if (taken === null) flow.block(...blocks);
  else flow.block(detailsOf(taken.mark === triangles.open, taken.line, taken.rest));
}, 2);

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
  if (mention === null) return inside(element, scope, origin);
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
    if (part === null) return inside(element, scope, origin);
    scope.flow.inline(part);
    return null;
  };

const each = (names: string, step: Step) => names.split(" ").map((name): [string, Step] => [name, step]);
const steps: ReadonlyMap<string, Step> = new Map([
  ...each("address article aside center dd dialog dir fieldset figcaption figure footer form header hgroup", lines),
  ...each("legend main nav optgroup option section body html caption", lines),
  ...each("p dt", (element, scope, origin) => lines(element, scope, origin, false)),
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
  ...each("textarea", (element, scope, origin) => ({ ...lines(element, scope, origin), isKept: true })),
]);
