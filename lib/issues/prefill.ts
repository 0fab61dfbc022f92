import { bold, bulletList, code, codeBlock, doc, heading, link, paragraph } from "@/lib/richtext/build";
import type { RichBlock, RichDoc } from "@/lib/richtext/doc";
import { firstLine } from "@/lib/richtext/terminal";
import { resultUrl } from "./addresses";
import { clip, most, plain, testOf } from "./failure-text";
import { languageOf } from "./stack-language";

/** What a failed result brings to the form. */
export type Failure = {
  id: string;
  projectId: string;
  runId: string;
  status: string;
  type: string | null;
  message: string | null;
  stack: string | null;
  attempt: number;
  environment: string;
  run: { number: number; branch: string | null; commit: string | null; buildUrl: string | null };
  testCase: { suite: string; className: string; name: string };
  /** Of the case's latest results, this one included: how many there are, and how many of them did not pass. */
  history?: { results: number; failures: number };
};

/** The title and the text that the form opens with, from one failed result. */
export function prefill(failure: Failure): { title: string; description: RichDoc } {
  return { title: titleOf(failure), description: doc(...blocksOf(failure)) };
}

/** The title alone: test, and first line of what it says. */
export function titleOf({
  testCase,
  message,
  type,
  status,
}: Pick<Failure, "testCase" | "message" | "type" | "status">): string {
  const what = firstLine(message ?? "") || type || status;
  return clip(`${testOf(testCase)}: ${plain(what)}`.replace(/\s+/g, " ").trim(), most.titleChars);
}

function blocksOf(failure: Failure): RichBlock[] {
  const { type, status, run, history } = failure;
  const message = clip(plain(failure.message), most.messageChars);
  const stack = clip(plain(failure.stack), most.stackChars, "\n… the rest is in the run");
  const facts: [name: string, value: string | null][] = [
    ["Environment", failure.environment || null],
    ["Branch", run.branch],
    ["Commit", run.commit],
  ];
  return [
    heading(2, clip(plain(type) || (status === "error" ? "Error" : "Test failed"), most.lineChars)),
    ...(message ? [paragraph(message)] : []),
    ...(stack ? [codeBlock(stack, languageOf(stack))] : []),
    bulletList(
      [paragraph(bold("Test:"), ` ${clip(testOf(failure.testCase), most.lineChars * 2)}`)],
      [paragraph(bold("Run:"), " ", link(resultUrl({ ...failure, resultId: failure.id }), `run ${run.number}`))],
      ...facts.flatMap(([name, value]) =>
        value ? [[paragraph(bold(`${name}:`), " ", code(clip(value, most.lineChars)))]] : [],
      ),
      ...(history && history.results > 1
        ? [[paragraph(bold("History:"), ` failed in ${history.failures} of its last ${history.results} runs`)]]
        : []),
      ...(failure.attempt > 1 ? [[paragraph(bold("Attempts:"), ` ${failure.attempt}`)]] : []),
    ),
  ];
}
