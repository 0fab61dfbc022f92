/** A line that begins with a command, outside of code and quotes: GitLab carries it out with the writer's rights. */
export type QuickAction = { name: string; argument: string };

const known = [
  "close",
  "reopen",
  "title",
  "label",
  "unlabel",
  "confidential",
  "assign",
  "milestone",
  "due",
  "severity",
  "move",
];

/** Takes the commands out of a text, as GitLab does before it keeps it. */
export function takeQuickActions(text: string): { text: string; actions: QuickAction[] } {
  const actions: QuickAction[] = [];
  const kept: string[] = [];
  let fence = "";
  let isInComment = false;
  for (const line of text.split("\n")) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? "";
    const isCode = fence !== "";
    if (isCode) fence = mark.startsWith(fence) ? "" : fence;
    else fence = mark;
    if (!isCode && /^ {0,3}<!--/.test(line)) isInComment = true;
    const [, name = "", argument = ""] = /^\/([a-z_]+)(?:\s+(.*))?\s*$/.exec(line) ?? [];
    if (!isCode && fence === "" && !isInComment && known.includes(name)) actions.push({ name, argument });
    else kept.push(line);
    if (line.includes("-->")) isInComment = false;
  }
  return { text: actions.length > 0 ? kept.join("\n").trim() : text, actions };
}
