import { readLine } from "./lines";

/*
 * What a failure says, without what its tool adds: of a diff the properties that differ, of a log of attempts why they
 * failed, of an assertion what was asserted.
 */

const maxLines = 24;

const diffBegins = /^(?:[-+] (?:Expected|Actual|Received)\b|--- (?:Expected|Actual)|\+\+\+ |@@|Diff:|Difference:)/;
const property = /["']?([A-Za-z_$][\w$.-]{0,60})["']?\s*(?:[:=]|=>)|<([A-Za-z][\w:-]{0,60})[ />]/;
const opens = /^["']?([A-Za-z_$][\w$.-]{0,60})["']?\s*(?::|=>).{0,40}[[{(]$/;
const callLog = /^(?:Call log:|=+ logs =+)/;
// What the log of an action says of why it did not happen; the rest repeats itself.
const reason =
  /intercepts pointer events|not (?:visible|enabled|stable|editable|attached)|is hidden|disabled|outside of the viewport|detached|navigated|closed|strict mode/;
// What versions of one tool write differently around the same words.
const dump =
  /^(?:Ignored nodes:|Here are the (?:accessible|available) roles|<body|<html|Hierarchy:|Attributes: Application)|^[^\n]{0,400}? from input \{\(/i;
const dumpFirst = /^[IH<A]/i;
const trimmings =
  / \[recovered\]$|^Message: (?=\S)|(?<=^(?:Error: )?)Timed out \d+ms waiting for (?=expect\()|(?<=^(?:Error: )?expect\(.{0,200}\)) failed$/;
// `#<Order id: 3, total: 4>` of Ruby
const inspected = /#<([A-Z]\w{0,60}(?:::\w{1,60}){0,5})[: ][^>\n]{0,400}>/g;
const awaited = /^(?:waiting for|navigating to) ((?!element to be).{1,300}?)(?:, waiting until .*)?$/;
const intercepted = /Other element would receive the click: (.{1,300})$/;
const dictDiffers = /^\{["']?(\w[\w.-]{0,60})["']?: .{0,300}\} != \{/;

const located = /^\S{1,300}:\d+(?::\d+)?:? (?:error: |Failure$|fatal error: )?/;

// Most lines have nothing of it, and these expressions look for it at each of their characters.
const isTrimmed = (line: string): boolean =>
  line.endsWith(" [recovered]") ||
  line.startsWith("Message: ") ||
  line.includes("Timed out ") ||
  line.endsWith(" failed");

function trimmed(line: string): string {
  const text = (isTrimmed(line) ? line.replace(trimmings, "") : line).replace("Test timeout of ", "Timeout ");
  return text.includes("#<") ? text.replace(inspected, "#<$1>") : text;
}

const isDump = (line: string): boolean => (dumpFirst.test(line) || line.includes("{(")) && dump.test(line);

/** The lines of a failure that tell its cause, in their order. */
export function reduce(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let isDiff = false;
  let isLog = false;
  let container = "";
  for (const line of lines) {
    if (kept.length === maxLines) break;
    const told = trimmed(line.trim());
    if (told === "") continue;
    const read = readLine(told);
    // The tree of a page or a window follows, which differs each time.
    if (isDump(told)) {
      const said = told.replace(/ from input \{\(.*$|^(?:Ignored|Here are|<|Hierarchy|Attributes).*$/i, "");
      if (said !== "") add(kept, said);
      break;
    }
    if (read.isTestAlone) continue;
    if (read.isNoise) {
      if (/^[-+]{3} /.test(told)) isDiff = true;
      continue;
    }
    if (callLog.test(told)) {
      isLog = true;
      continue;
    }
    if (diffBegins.test(told)) {
      isDiff = true;
      continue;
    }
    if (isLog) {
      const step = told.replace(/^[-\d× ]+/, "");
      const sought = awaited.exec(step)?.[1];
      if (reason.test(step) && !/ is visible, enabled and stable$/.test(step)) add(kept, step);
      else if (sought && !kept.some((other) => other.includes(sought))) add(kept, step);
      continue;
    }
    if (isDiff && (/^[-+](?!\d)/.test(told) || /^\s{2}/.test(line) || /^[\]})<]/.test(told))) {
      const opened = opens.exec(told.replace(/^[-+]\s*/, ""));
      if (/^[-+]/.test(told)) {
        const named = property.exec(told.slice(1));
        const name = named?.[1] ?? named?.[2] ?? container;
        if (name !== "") add(kept, `differs: ${name}`);
      }
      if (opened) container = opened[1] ?? "";
      else if (/^[\]})]/.test(told)) container = "";
      continue;
    }
    const differs = dictDiffers.exec(told);
    if (differs) {
      add(kept, `differs: ${differs[1]}`);
      continue;
    }
    const click = told.includes("Other element") ? intercepted.exec(told) : null;
    if (click) {
      add(kept, `click intercepted by ${click[1]}`);
      continue;
    }
    // A place is a frame, whoever tells it; what stands behind it on its line is told.
    const place = read.frame ? located.exec(told) : null;
    const rest = place ? told.slice(place[0].length) : told;
    if (rest !== "" && (rest !== told || !read.frame)) add(kept, rest);
  }
  // What is noise beside a reason is the reason where there is no other.
  if (kept.length === 0) add(kept, lines.find((line) => line.trim() !== "")?.trim() ?? "");
  return kept;
}

function add(kept: string[], line: string): void {
  const isRepeated = line.startsWith("differs: ") ? kept.includes(line) : kept.at(-1) === line;
  if (!isRepeated) kept.push(line);
}
