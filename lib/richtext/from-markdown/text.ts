import type { RichInline, RichMark } from "../doc";
import { emojiByName } from "./emoji";
import type { Reading } from "./origin";

type Marks = readonly RichMark[];
type Piece = { text: string; marks: Marks };

/**
 * Plain text with what trackers find in the text that is already rendered: people, emoji, GitLab's changes. They look
 * at each piece of text alone, which is why an empty comment in the middle of a name keeps it from being one.
 */
export function readText(value: string, marks: Marks, reading: Reading): RichInline[] {
  const text = brokenLines(value, reading);
  if (!/[@:{[]/.test(text)) return [{ type: "text", text, marks: [...marks] }];
  const pieces = reading.flavor === "glfm" ? changes(text, marks) : [{ text, marks }];
  return pieces.flatMap((piece) => named(piece, reading));
}

/** GitHub breaks lines in issues and comments where they were broken; GitLab joins them. `parseDoc` makes the breaks. */
const brokenLines = (text: string, { flavor }: Reading) => (flavor === "gfm" ? text : text.replaceAll("\n", " "));

/** GitLab: `{+ added +}`, `[- removed -]`. https://docs.gitlab.com/user/markdown/#inline-diff */
function changes(text: string, marks: Marks): Piece[] {
  const pieces: Piece[] = [];
  const ended = new Set<string>();
  let from = 0;
  for (const { 0: start, index } of text.matchAll(/[{[][+-]/g)) {
    if (index < from || ended.has(start)) continue;
    const end = text.indexOf(`${start.charAt(1)}${start.startsWith("{") ? "}" : "]"}`, index + 2);
    const inner = text.slice(index + 2, end);
    // What has no end here has none further on.
    if (end === -1) ended.add(start);
    if (end === -1 || inner.trim() === "") continue;
    pieces.push({ text: text.slice(from, index), marks });
    pieces.push({ text: inner.trim(), marks: [...marks, { type: start.endsWith("+") ? "underline" : "strike" }] });
    from = end + 2;
  }
  pieces.push({ text: text.slice(from), marks });
  return pieces.filter((piece) => piece.text !== "");
}

/**
 * A person or a team, or an emoji. GitHub: after what is no word, and not before `/` or a domain; GitLab's names have
 * dots and underscores, and groups in groups.
 * https://github.com/gjtorikian/html-pipeline/blob/main/lib/html_pipeline/node_filter/mention_filter.rb
 */
const names = {
  gfm: /(?<!\w)@([a-z\d][a-z\d-]{0,38}(?:_[a-z\d]+)?(?:\/[a-z\d][\w-]*)?)(?=\.+(?:\W|$)|[^\w./]|$)|:([\w+-]{1,64})(?=:)/gi,
  glfm: /(?<![\w`])@(\w(?:[\w./-]{0,253}\w)?)|:([\w+-]{1,64})(?=:)/gi,
};

function named({ text, marks }: Piece, { flavor, integrationId }: Reading): RichInline[] {
  const parts: RichInline[] = [];
  let from = 0;
  const add = (until: number) => {
    if (until > from) parts.push({ type: "text", text: text.slice(from, until), marks: [...marks] });
  };
  const isLink = marks.some(({ type }) => type === "link");
  for (const { 0: found, 1: handle, 2: name, index } of text.matchAll(names[flavor])) {
    if (index < from) continue;
    const characters = emojiByName.get(name?.toLowerCase() ?? "");
    if (name !== undefined && characters !== undefined) {
      add(index);
      parts.push({
        type: "emoji",
        attrs: { name: name.toLowerCase(), text: characters === "" ? null : characters },
        marks: [...marks],
      });
      from = index + found.length + 1;
    } else if (handle !== undefined && integrationId !== undefined && !isLink) {
      add(index);
      parts.push({ type: "mention", attrs: { id: handle, label: handle, handle, integrationId }, marks: [...marks] });
      from = index + found.length;
    }
  }
  add(text.length);
  return parts;
}
