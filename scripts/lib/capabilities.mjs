import { existsSync, readFileSync } from "node:fs";
import { sourceFiles } from "./direction.mjs";
import { inRepo } from "./repo.mjs";

const table = "docs/capabilities.md";
const states = ["planned", "begun", "done"];

/** What docs/capabilities.md and the names of the tests say about each other. */
export function compareCapabilities(markdown, tested) {
  const rows = readRows(markdown);
  const known = new Set(rows.map((row) => row.id));
  const wrong = rows
    .filter((row) => !states.includes(row.state))
    .map((row) => `${row.id} has the state "${row.state}": ${states.join(", ")}.`);
  const untested = rows.filter((row) => !tested.has(row.id));
  const unknown = [...tested]
    .filter((id) => !known.has(id))
    .map((id) => `${id} is named by a test and is no row of ${table}.`);
  const broken = untested
    .filter((row) => row.state === "done")
    .map((row) => `${row.id} is declared done and has no test.`);
  return {
    remarks: untested.filter((row) => row.state !== "done").map((row) => `${row.id} (${row.state}) has no test yet.`),
    failures: [...wrong, ...unknown, ...broken],
  };
}

/** The rows that tests name: [A1], [A1, B2]. */
export function rowsNamedIn(text) {
  const named = text.matchAll(/["'`][^"'`\n]*?((?:\[[A-K]\d{1,2}(?:,\s*[A-K]\d{1,2})*\]\s*)+)/g);
  return [...named].flatMap(([, brackets]) => brackets.match(/[A-K]\d{1,2}/g) ?? []);
}

/** The comparison for this checkout. */
export function capabilities() {
  if (!existsSync(inRepo(table))) return { remarks: [], failures: [`${table} is missing.`] };
  const files = sourceFiles().filter((file) => /\.(test|spec)\.tsx?$/.test(file));
  const tested = new Set(files.flatMap((file) => rowsNamedIn(readFileSync(inRepo(file), "utf8"))));
  return compareCapabilities(readFileSync(inRepo(table), "utf8"), tested);
}

function readRows(markdown) {
  return markdown
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter(([, id]) => /^[A-K]\d{1,2}$/.test(id ?? ""))
    .map(([, id, state]) => ({ id, state }));
}
