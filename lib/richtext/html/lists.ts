import type { RichBlock } from "../doc";
import { Flow } from "./flow";
import { boxes, takeMark } from "./forms";

type Item = { checked: boolean | null; content: RichBlock[] };

/** A list in the making. `stray` gathers what stands in it outside of an item: text, or a list nested without one. */
export class List {
  readonly stray = new Flow();
  private readonly items: Item[] = [];

  /** `start`: the first number; null: without numbers. `hasBoxes`: without bullets, so that a drawn box stands for one. */
  constructor(
    private readonly start: number | null,
    private readonly hasBoxes = false,
  ) {}

  /** `checked` is null for an item that is no task. */
  add(checked: boolean | null, content: RichBlock[]): void {
    this.takeStray();
    this.items.push((this.hasBoxes && checked === null && boxed(content)) || { checked, content: filled(content) });
  }

  /** Takes what is not in an item: a list belongs to the item above it, everything else is an item of its own. */
  takeStray(): void {
    this.stray.endLine(true);
    for (const block of this.stray.blocks.splice(0)) {
      const last = this.items.at(-1);
      if (last && isList(block)) last.content.push(block);
      else this.items.push({ checked: null, content: [block] });
    }
  }

  /** Tasks and other items cannot share a list, so it is parted where they meet; the numbers go on. */
  blocks(): RichBlock[] {
    this.takeStray();
    const blocks: RichBlock[] = [];
    for (let from = 0; from < this.items.length; ) {
      const isTask = this.items[from]?.checked !== null;
      let to = from + 1;
      while (to < this.items.length && (this.items[to]?.checked !== null) === isTask) to += 1;
      blocks.push(this.part(this.items.slice(from, to), isTask, from));
      from = to;
    }
    return blocks;
  }

  private part(items: Item[], isTask: boolean, from: number): RichBlock {
    if (isTask) {
      const content = items.map(({ checked, content }) => ({
        type: "taskItem" as const,
        attrs: { checked: checked === true },
        content,
      }));
      return { type: "taskList", content };
    }
    const content = items.map((item) => ({ type: "listItem" as const, content: item.content }));
    if (this.start === null) return { type: "bulletList", content };
    return { type: "orderedList", attrs: { start: Math.min(this.start + from, 999_999_999) }, content };
  }
}

/** A task whose box is a character. */
function boxed(content: RichBlock[]): Item | null {
  const taken = takeMark(content, Object.values(boxes));
  if (taken === null) return null;
  return { checked: taken.mark === boxes.done, content: [{ type: "paragraph", content: taken.line }, ...taken.rest] };
}

/** The number that a list begins with; a browser takes any, a document none below 0. */
export function startOf(value: string | undefined): number {
  const start = Number.parseInt(value ?? "", 10);
  return start >= 0 && start <= 999_999_999 ? start : 1;
}

/** What holds blocks holds one at least: an editor has to have a place for the caret. */
export const filled = (blocks: RichBlock[]): RichBlock[] =>
  blocks.length > 0 ? blocks : [{ type: "paragraph", content: [] }];

const isList = ({ type }: RichBlock) => type === "bulletList" || type === "orderedList" || type === "taskList";
