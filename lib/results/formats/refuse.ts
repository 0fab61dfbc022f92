import { AppError } from "@/lib/errors";

/** Refuses a file at a place; line and column count from 1. */
export function refusedAt(sentence: string, line: number, column: number): AppError {
  const at = `line ${line}, column ${Math.max(1, column)}`;
  return new AppError("invalid_input", `${sentence} (${at})`, {
    fields: { file: `${sentence} (${at})`, line: String(line), column: String(Math.max(1, column)) },
  });
}

/** Refuses a file as a whole. */
export const refused = (sentence: string): AppError =>
  new AppError("invalid_input", sentence, { fields: { file: sentence } });

const only = "Only JUnit XML can be imported";

// Root elements of the formats that people most often send by mistake.
const roots: Record<string, string> = {
  "test-run": "an NUnit 3 report",
  "test-results": "an NUnit 2 report",
  TestRun: "a Visual Studio test report (TRX)",
  assemblies: "an xUnit.net report",
  assembly: "an xUnit.net report",
  "testng-results": "a TestNG report",
  robot: "a Robot Framework report",
  coverage: "a coverage report",
  report: "a coverage report",
  checkstyle: "a Checkstyle report",
  project: "a Maven build file",
  html: "an HTML page",
  testcase: "a single test case without its suite",
};

/** The root element is not one of JUnit's. */
export function refusedRoot(name: string, line: number, column: number): AppError {
  const known = roots[name];
  const seen = known ? `This looks like ${known}` : `The root element is <${name.slice(0, 100)}>`;
  return refusedAt(`${seen}. ${only}: its root is <testsuites> or <testsuite>.`, line, column);
}

/** Says what a file is that does not even begin like XML, or null when it may be XML. */
export function findForeignStart(head: Buffer): AppError | null {
  if (head.length === 0) return refused("The file is empty.");
  if (head.subarray(0, 4).equals(Buffer.from("PK\x03\x04"))) return refused(`This is a zip archive. ${only}.`);
  if (head[0] === 0x1f && head[1] === 0x8b) return refused(`This is a gzip archive. ${only}; unpack it first.`);
  if (head.subarray(0, 5).equals(Buffer.from("%PDF-"))) return refused(`This is a PDF document. ${only}.`);
  const start = head
    .toString("latin1", 0, 512)
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart();
  if (/^<(!doctype html|html)\b/i.test(start)) return refused(`This looks like an HTML page. ${only}.`);
  if (/^[[{]/.test(start)) return refused(`This looks like JSON. ${only}.`);
  return null;
}
