import { describe, expect, it } from "vitest";
import { differing, type Fields, fieldsOf, merge } from "./case-fields";

const text = (words: string) => ({
  type: "doc" as const,
  content: [{ type: "paragraph" as const, content: [{ type: "text" as const, text: words }] }],
});
const base: Fields = { owner: "Ada", component: "", tags: ["slow"], steps: text("open"), expected: text("it opens") };

describe("two people edit one case", () => {
  it("[B1] what only the other changed is taken, what only I changed is kept", () => {
    const merged = merge(base, { ...base, steps: text("mine") }, { ...base, owner: "Bob", tags: ["fast"] });
    expect(merged).toEqual({
      fields: { ...base, steps: text("mine"), owner: "Bob", tags: ["fast"] },
      taken: ["owner", "tags"],
      clashing: [],
    });
  });

  it("[B1] what both changed stays mine and is named, and is no clash where both wrote the same", () => {
    const mine = { ...base, steps: text("mine"), owner: "Eve" };
    const merged = merge(base, mine, { ...base, steps: text("theirs"), owner: "Eve" });
    expect(merged).toEqual({ fields: mine, taken: [], clashing: ["steps"] });
  });

  it("[B1] a document is the same whatever the order of its members", () => {
    const turned = {
      ...base,
      steps: {
        content: [{ content: [{ text: "open", type: "text" as const }], type: "paragraph" as const }],
        type: "doc" as const,
      },
    };
    expect(differing(base, turned)).toEqual([]);
  });

  it("[B1] nothing written is the same as an empty editor", () => {
    const nothing = fieldsOf({ owner: null, component: null, tags: [], steps: null, expected: null });
    expect(nothing).toMatchObject({ owner: "", component: "", steps: { content: [{ type: "paragraph" }] } });
  });
});
