// @vitest-environment happy-dom
import type { Editor as TipTap } from "@tiptap/core";
import { useState } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { doc, paragraph } from "@/lib/richtext/build";
import type { RichDoc } from "@/lib/richtext/doc";
import { textOf } from "@/lib/richtext/testing/text";
import Editor, { type EditorProps } from "./editor";
import { press, type } from "./testing";

/** Does something and lets React draw what follows from it; sooner than the editor's pause ends. */
async function act(work: () => unknown): Promise<void> {
  await work();
  await new Promise((resolve) => setTimeout(resolve, 30));
}

// The make-believe browser lays nothing out.
vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(800);

let root: Root;
let told: string[];
let sent: string[];

/** A form whose every change costs so much that the editor tells of them after a pause only. */
function Form({ initial, ...props }: Partial<EditorProps> & { initial: RichDoc }) {
  const [value, setValue] = useState(initial);
  const onChange = (next: RichDoc) => {
    const until = performance.now() + 12;
    while (performance.now() < until);
    told.push(textOf(next));
    setValue(next);
  };
  return (
    <Editor
      value={value}
      onChange={onChange}
      label="Description"
      onSubmit={() => sent.push(textOf(value))}
      {...props}
    />
  );
}

async function open(props: Partial<EditorProps> = {}): Promise<TipTap> {
  await act(async () => root.render(<Form initial={doc(paragraph("a"))} {...props} />));
  const text = document.querySelector(".rich-text");
  if (!text || !("editor" in text)) throw new Error("The editor is not there.");
  const editor = text.editor as TipTap; // TipTap puts itself there
  editor.commands.focus("end");
  return editor;
}

beforeEach(() => {
  told = [];
  sent = [];
  const element = document.createElement("div");
  document.body.replaceChildren(element);
  root = createRoot(element);
});
afterEach(() => act(async () => root.unmount()));

it("[G1] sends the last words, although it had not told of them yet", async () => {
  const editor = await open();
  await act(async () => type(editor, "bcdef"));
  expect(told.at(-1)).not.toBe("abcdef");
  await act(async () => void press(editor, "Enter", { ctrlKey: true }));
  expect(sent).toEqual(["abcdef"]);
});

it.each<[string, () => void]>([
  ["closed", () => root.unmount()],
  ["hidden with its tab", () => void document.dispatchEvent(new Event("visibilitychange"))],
  ["left by its page", () => void window.dispatchEvent(new Event("pagehide"))],
])("[G1] tells of the last words when it is %s", async (_, leave) => {
  const editor = await open();
  await act(async () => type(editor, "bcdef"));
  expect(told.at(-1)).not.toBe("abcdef");
  await act(async () => leave());
  expect(told.at(-1)).toBe("abcdef");
});

it("[G1] has one stop for Tab in its toolbar, and each button a name", async () => {
  await open();
  const bar = document.querySelector('[role="toolbar"][aria-label="Formatting"]');
  const buttons = [...(bar?.querySelectorAll("button") ?? [])];
  expect(buttons.length).toBeGreaterThan(10);
  expect(buttons.filter(({ tabIndex }) => tabIndex === 0).length).toBeLessThanOrEqual(1);
  for (const button of buttons) expect(button.getAttribute("aria-label")).toBeTruthy();
});

it("[G1] says by its buttons where the cursor is, and offers what a table needs in one", async () => {
  const editor = await open();
  const pressed = (label: string) =>
    document.querySelector(`button[aria-label="${label}"]`)?.getAttribute("aria-pressed");
  expect(pressed("Bold")).toBe("false");
  await act(async () => void editor.chain().selectAll().toggleBold().run());
  expect(pressed("Bold")).toBe("true");
  expect(document.querySelector('[role="toolbar"][aria-label="Table"]')).toBeNull();
  await act(async () => void editor.commands.insertTable());
  expect(document.querySelector('[role="toolbar"][aria-label="Table"]')).not.toBeNull();
});
