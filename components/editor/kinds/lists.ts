import { InputRule } from "@tiptap/core";
import { ListItem, OrderedList, TaskItem, TaskList } from "@tiptap/extension-list";

// TipTap's items begin with a paragraph; in a document of ours they may begin with anything, a heading or code.
const anyBlocks = { content: "block+" };

export const Item = ListItem.extend(anyBlocks);

/** A numbered list counts 1, 2, 3: letters and Roman numbers are lost in every tracker. */
export const Numbered = OrderedList.extend({
  addAttributes: () => ({
    start: {
      default: 1,
      parseHTML: (element) => {
        const start = Number.parseInt(element.getAttribute("start") ?? "", 10);
        return start >= 0 ? start : 1;
      },
      renderHTML: ({ start }) => (start === 1 ? {} : { start }),
    },
  }),
});

export const Tasks = TaskList;

export const Task = TaskItem.extend({
  ...anyBlocks,
  addKeyboardShortcuts() {
    return {
      ...this.parent?.(),
      "Mod-Alt-x": ({ editor }) => {
        const { checked } = editor.getAttributes(this.name);
        return editor.commands.updateAttributes(this.name, { checked: !checked });
      },
    };
  },
  addInputRules() {
    return [
      ...(this.parent?.() ?? []),
      // `- [ ] `: the list that `- ` has begun becomes a list of tasks instead of holding one.
      new InputRule({
        find: /^\[([ xX]?)\]\s$/,
        handler: ({ range, match, chain, state }) => {
          if (state.selection.$from.node(-1)?.type.name !== "listItem") return null;
          chain()
            .deleteRange(range)
            .toggleTaskList()
            .updateAttributes("taskItem", { checked: match[1]?.toLowerCase() === "x" })
            .run();
        },
      }),
    ].reverse();
  },
}).configure({
  nested: true,
  a11y: {
    // Its own line: tasks inside have boxes of their own.
    checkboxLabel: ({ firstChild }) => `Done: ${firstChild?.textContent.slice(0, 80) || "empty task"}`,
  },
});
