import { bold, bulletList, code, codeBlock, doc, heading, link, paragraph } from "@/lib/richtext/build";
import type { RichBlock, RichDoc } from "@/lib/richtext/doc";
import { firstLine } from "@/lib/richtext/terminal";
import { groupUrl, resultUrl } from "./addresses";
import { clip, counted, most, plain, testOf } from "./failure-text";
import type { GroupFailure } from "./find-group-failure";
import { type Failure, titleOf } from "./prefill";
import { languageOf } from "./stack-language";

/** The title and the text that the form opens with for a whole failure group, told by the failure that stands for it. */
export function prefillGroup(sample: Failure, group: GroupFailure): { title: string; description: RichDoc } {
  return { title: groupTitleOf(sample, group), description: doc(...blocksOf(sample, group)) };
}

/** What all of them say, and how many they are; of one test alone, which one. */
export function groupTitleOf(
  sample: Parameters<typeof titleOf>[0],
  group: Pick<GroupFailure, "failures" | "flaky" | "cases">,
): string {
  if (group.cases <= 1) return titleOf(sample);
  const message = firstLine(sample.message ?? "");
  const type = shortType(plain(sample.type));
  const what = message.startsWith(type) ? message : [type, message].filter(Boolean).join(": ");
  const ending = ` (${howMany(group)})`;
  return clip((what || sample.status).replace(/\s+/g, " ").trim(), most.titleChars - ending.length) + ending;
}

/** Without its package: the title has to say more in the same line. */
const shortType = (type: string): string => /^(?:\w+[.:\\]+)+(\w+)$/.exec(type)?.[1] ?? type;

const howMany = ({ failures, flaky }: Pick<GroupFailure, "failures" | "flaky">): string =>
  failures > 0 || flaky === 0 ? counted(failures, "failure") : `${counted(flaky, "result")} passed only when run again`;

function blocksOf(sample: Failure, group: GroupFailure): RichBlock[] {
  const { run, projectId, runId } = sample;
  const message = clip(plain(sample.message), most.messageChars);
  const stack = clip(plain(sample.stack), most.stackChars, "\n… the rest is in the run");
  const environments = group.environments.filter(Boolean);
  const facts: [name: string, values: string[]][] = [
    [environments.length > 1 ? "Environments" : "Environment", environments],
    ["Branch", run.branch ? [run.branch] : []],
    ["Commit", run.commit ? [run.commit] : []],
  ];
  return [
    heading(2, clip(plain(sample.type) || (sample.status === "error" ? "Error" : "Test failed"), most.lineChars)),
    ...(message ? [paragraph(message)] : []),
    paragraph(bold(howMany(group)), ` in ${counted(group.suites, "suite")}, ${sinceOf(sample, group)}.`),
    ...(stack ? [codeBlock(stack, languageOf(stack))] : []),
    bulletList(
      [paragraph(bold("For example:"), ` ${clip(testOf(sample.testCase), most.lineChars * 2)}`)],
      [paragraph(bold("Run:"), " ", link(resultUrl({ projectId, runId, resultId: sample.id }), `run ${run.number}`))],
      ...facts.flatMap(([name, values]) =>
        values.length > 0 ? [[paragraph(bold(`${name}:`), " ", ...values.flatMap(asCode))]] : [],
      ),
      ...(group.runs > 1
        ? [
            [
              paragraph(
                bold("History:"),
                ` ${counted(group.failuresInAll, "failure")} in ${counted(group.runs, "run")}`,
              ),
            ],
          ]
        : []),
    ),
    ...testsOf(sample, group),
  ];
}

const sinceOf = ({ run, runId }: Failure, { firstRun }: GroupFailure): string =>
  !firstRun || firstRun.id === runId ? `first seen in run ${run.number}` : `since run ${firstRun.number}`;

const asCode = (value: string, index: number) =>
  [...(index > 0 ? [", "] : []), code(clip(plain(value), most.lineChars))].flat();

/** The first of the tests that fail, each with the way to it, and how many more there are. */
function testsOf({ projectId, runId, run }: Failure, { id, tests, more }: GroupFailure): RichBlock[] {
  if (tests.length <= 1) return [];
  const rest = link(
    groupUrl({ projectId, runId, groupId: id }),
    `${counted(more, "more result")} in run ${run.number}`,
  );
  return [
    heading(3, "Affected tests"),
    bulletList(
      ...tests.map(({ resultId, environment, ...test }) => [
        paragraph(
          link(resultUrl({ projectId, runId, resultId }), clip(testOf(test), most.lineChars)),
          ...(environment ? [" ", code(clip(plain(environment), most.lineChars))] : []),
        ),
      ]),
      ...(more > 0 ? [[paragraph("… and ", rest)]] : []),
    ),
  ];
}
