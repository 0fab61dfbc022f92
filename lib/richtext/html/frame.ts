import type { Alignment, RichInline, RichMark } from "../doc";
import type { Origin } from "../target";
import type { Flow } from "./flow";
import type { List } from "./lists";
import type { Element } from "./parse";
import type { TableParts } from "./tables";

/** What an element being read tells those inside it: where their parts go, how they are marked, what they belong to. */
export type Scope = {
  flow: Flow;
  marks: readonly RichMark[];
  /** White space stands as it is. */
  isKept: boolean;
  /** How many levels of blocks the document has here. */
  depth: number;
  list: List | null;
  /** The item whose first line this is; a box there makes it a task. */
  item: { checked: boolean | null } | null;
  table: TableParts | null;
  isHead: boolean;
  cell: { align: Alignment | null } | null;
  details: { summary: RichInline[] | null } | null;
};

/** What is so inside an element, and what is done when it ends. */
export type Entered = { scope: Scope; end?: () => void };

/** How an element is entered. Null: nothing in it is read, or it has been already. */
export type Step = (...args: StepArgs) => Entered | null;
export type StepArgs = [element: Element, scope: Scope, origin: Origin];

/** What belongs to none of the things around, as in a quote or a cell. */
export const nowhere = { list: null, item: null, table: null, cell: null, details: null, isHead: false };
