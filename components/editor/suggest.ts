import { type Editor, Extension } from "@tiptap/core";
import { PluginKey } from "@tiptap/pm/state";
import { exitSuggestion, Suggestion, type SuggestionOptions, type SuggestionProps } from "@tiptap/suggestion";

import { type EmojiItem, findEmoji } from "./emoji-table";

export type Person = { id: string; label: string; handle: string | null };
export type SearchPeople = (query: string) => Promise<Person[]>;

/** One line of the list: what it says, and what choosing it does. */
export type Choice = { key: string; text: string; hint: string; icon: string; choose: () => void };
type Shown = {
  title: string;
  choices: readonly Choice[];
  index: number;
  isLoading: boolean;
  rect: () => DOMRect | null;
  close: () => void;
};

/** What is suggested at the cursor; React shows it, ProseMirror's keys move in it. */
export class Suggestions {
  shown: Shown | null = null;
  /** The menu has asked for the list, so that it opens before a name is begun. */
  isAsked = false;
  #listeners = new Set<() => void>();

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  get = () => this.shown;

  set(shown: Shown | null): void {
    this.shown = shown;
    for (const listener of this.#listeners) listener();
  }

  pressed(key: string): boolean {
    const { shown } = this;
    if (!shown || shown.choices.length === 0) return false;
    if (key === "ArrowDown" || key === "ArrowUp") {
      const count = shown.choices.length;
      this.set({ ...shown, index: (shown.index + (key === "ArrowDown" ? 1 : count - 1)) % count });
      return true;
    }
    if (key !== "Enter" && key !== "Tab") return false;
    shown.choices[shown.index]?.choose();
    return true;
  }
}

type Source<Item> = {
  name: string;
  title: string;
  char: string;
  items: (query: string) => Item[] | Promise<Item[]>;
  isOpen: (query: string) => boolean;
  choice: (item: Item) => Omit<Choice, "choose">;
  attrs: (item: Item) => Record<string, unknown>;
  debounceMs: number;
};

function options<Item>(editor: Editor, list: Suggestions, source: Source<Item>): SuggestionOptions<Item, Item> {
  const pluginKey = new PluginKey(`suggest-${source.name}`);
  const show = ({ items, loading, clientRect, command }: SuggestionProps<Item, Item>) =>
    list.set({
      title: source.title,
      choices: items.map((item) => ({ ...source.choice(item), choose: () => command(item) })),
      index: 0,
      isLoading: loading,
      rect: () => clientRect?.() ?? null,
      close: () => exitSuggestion(editor.view, pluginKey),
    });
  return {
    editor,
    pluginKey,
    char: source.char,
    debounce: source.debounceMs,
    items: async ({ query }) => {
      try {
        return await source.items(query);
      } catch {
        return []; // a search that fails suggests nobody; typing goes on
      }
    },
    allow: ({ state, range }) => {
      const $from = state.doc.resolve(range.from);
      const type = state.schema.nodes[source.name];
      const isCode = $from.marks().some((mark) => mark.type.name === "code");
      return !isCode && type !== undefined && $from.parent.type.contentMatch.matchType(type) !== null;
    },
    shouldShow: ({ query }) => source.isOpen(query),
    command: ({ range, props }) => {
      const node = { type: source.name, attrs: source.attrs(props) };
      editor
        .chain()
        .focus()
        .insertContentAt(range, [node, { type: "text", text: " " }])
        .run();
    },
    render: () => ({
      onStart: show,
      onUpdate: show,
      onExit: () => {
        list.isAsked = false;
        list.set(null);
      },
      onKeyDown: ({ event }) => list.pressed(event.key),
    }),
  };
}

type Options = {
  list: Suggestions;
  searchPeople: () => SearchPeople | undefined;
  integrationId: () => string | undefined;
};

/** `@` and people of the tracker, where somebody can look for them; `:` and the names of emoji. */
export const Suggest = Extension.create<Options>({
  name: "suggest",
  addOptions: () => ({ list: new Suggestions(), searchPeople: () => undefined, integrationId: () => undefined }),
  addProseMirrorPlugins() {
    const { list, searchPeople, integrationId } = this.options;
    const people: Source<Person> = {
      name: "mention",
      title: "People",
      char: "@",
      items: (query) => searchPeople()?.(query) ?? [],
      isOpen: () => searchPeople() !== undefined,
      choice: ({ id, label, handle }) => ({ key: id, text: label, hint: handle ? `@${handle}` : "", icon: "@" }),
      attrs: ({ id, label, handle }) => ({ id, label, handle, integrationId: integrationId() ?? null }),
      debounceMs: 150,
    };
    const emoji: Source<EmojiItem> = {
      name: "emoji",
      title: "Emoji",
      char: ":",
      items: (query) => findEmoji(query),
      // One letter is a time or a path more often than an emoji.
      isOpen: (query) =>
        (query === "" ? list.isAsked : /^[a-z+-][\w+-]+$/i.test(query) || (list.isAsked && query.length === 1)) &&
        findEmoji(query, 1).length > 0,
      choice: ({ name, text }) => ({ key: name, text: `:${name}:`, hint: "", icon: text }),
      attrs: ({ name, text }) => ({ name, text }),
      debounceMs: 0,
    };
    return [Suggestion(options(this.editor, list, people)), Suggestion(options(this.editor, list, emoji))];
  },
});
