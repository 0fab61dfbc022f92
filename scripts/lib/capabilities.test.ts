import { describe, expect, it } from "vitest";
import { compareCapabilities, rowsNamedIn } from "./capabilities.mjs";

const markdown = [
  "| row | state | what |",
  "|---|---|---|",
  "| A1 | done | x |",
  "| A2 | begun | y |",
  "| B1 | planned | z |",
].join("\n");

describe("the table of capabilities", () => {
  it("fails for a row that is done and has no test, and remarks on the others", () => {
    expect(compareCapabilities(markdown, new Set(["B1"]))).toEqual({
      remarks: ["A2 (begun) has no test yet."],
      failures: ["A1 is declared done and has no test."],
    });
  });

  it("fails for a test that names no row and for a state that nobody knows", () => {
    const { failures } = compareCapabilities(`${markdown}\n| B2 | nearly | z |`, new Set(["A1", "C9", "B2"]));
    expect(failures).toHaveLength(2);
  });

  it("finds the rows in the names of tests, and nowhere else", () => {
    const names = ['it("[B1] imports"', "it(`[B2, D3][E4] $name`", "const x = [F1];"];
    expect(rowsNamedIn(names.join("\n"))).toEqual(["B1", "B2", "D3", "E4"]);
  });
});
