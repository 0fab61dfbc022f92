import { describe, expect, it } from "vitest";
import { begun, extended, nothing, type Selection, toggled } from "./selection";

const order = ["a", "b", "c", "d", "e"];
const chosen = ({ ids }: Selection) => [...ids].sort().join("");

describe("[J1] [G6] choosing problems", () => {
  it("takes a row in and out again", () => {
    const one = toggled(nothing, "b");
    expect(chosen(one)).toBe("b");
    expect(chosen(toggled(one, "b"))).toBe("");
  });

  it("draws a range in both directions from the row that was chosen last", () => {
    expect(chosen(extended(toggled(nothing, "b"), order, "d"))).toBe("bcd");
    expect(chosen(extended(toggled(nothing, "d"), order, "b"))).toBe("bcd");
  });

  it("shrinks the range again, and keeps what was chosen beside it", () => {
    const wide = extended(toggled(toggled(nothing, "a"), "c"), order, "e");
    expect(chosen(wide)).toBe("acde");
    expect(chosen(extended(wide, order, "d"))).toBe("acd");
    expect(chosen(extended(wide, order, "b"))).toBe("abc");
  });

  it("begins at the row itself where there is no anchor, or the anchor is listed no more", () => {
    expect(chosen(extended(nothing, order, "c"))).toBe("c");
    const gone = { ids: new Set(["x"]), anchor: "x", reach: "x" };
    expect(chosen(extended(gone, order, "c"))).toBe("cx");
  });

  it("walks on from any row with what is chosen beside it", () => {
    const walked = extended(begun(toggled(nothing, "a"), "c"), order, "d");
    expect(chosen(walked)).toBe("acd");
    expect(chosen(extended(walked, order, "c"))).toBe("ac");
  });
});
