// What Jira's wiki renderer knows by name, for writing and for reading.

/** Its emoticons that have an emoji of the same meaning. */
export const emoticons: readonly { sign: string; name: string; text: string }[] = [
  { sign: ":)", name: "slightly_smiling_face", text: "🙂" },
  { sign: ":(", name: "slightly_frowning_face", text: "🙁" },
  { sign: ":P", name: "stuck_out_tongue", text: "😛" },
  { sign: ":D", name: "grinning", text: "😀" },
  { sign: ";)", name: "wink", text: "😉" },
  { sign: "(y)", name: "+1", text: "👍" },
  { sign: "(n)", name: "-1", text: "👎" },
  { sign: "(i)", name: "information_source", text: "ℹ️" },
  { sign: "(/)", name: "white_check_mark", text: "✅" },
  { sign: "(x)", name: "x", text: "❌" },
  { sign: "(!)", name: "warning", text: "⚠️" },
  { sign: "(+)", name: "heavy_plus_sign", text: "➕" },
  { sign: "(-)", name: "heavy_minus_sign", text: "➖" },
  { sign: "(?)", name: "question", text: "❓" },
  { sign: "(on)", name: "bulb", text: "💡" },
  { sign: "(*)", name: "star", text: "⭐" },
  { sign: "(flag)", name: "triangular_flag_on_post", text: "🚩" },
];

/** Whatever it would show as a picture; sticky, for asking at a place. */
export const emoticonPattern =
  /\((?:[yni/x!+?-]|on|off|\*[rgby]?|flag|flagoff)\)(?![a-zA-Z])|[:;]-?\)(?![a-zA-Z])|:-?[(PpD](?![a-zA-Z])/y;

/** The languages of its code blocks. For any other it shows an error message above the code. */
export const languages: ReadonlySet<string> = new Set(
  "actionscript ada applescript bash c c# c++ cpp css erlang go groovy haskell html java javascript js json lua none nyan objc perl php python r rainbow ruby scala sh sql swift visualbasic xml yaml".split(
    " ",
  ),
);

/** Other names of those, and languages that are read well as one of those. */
export const languageAliases: Readonly<Record<string, string>> = {
  ts: "javascript",
  tsx: "javascript",
  jsx: "javascript",
  typescript: "javascript",
  mjs: "javascript",
  py: "python",
  rb: "ruby",
  shell: "bash",
  console: "bash",
  zsh: "bash",
  yml: "yaml",
  cs: "c#",
  csharp: "c#",
  golang: "go",
  "objective-c": "objc",
  vb: "visualbasic",
  htm: "html",
  svg: "xml",
  kotlin: "java",
};

export const taskSigns = { done: "☑", open: "☐" } as const;

/** An item, a heading that has nothing in it: without anything after its sign it would be text. */
export const nothing = "&nbsp;";

/** A line break that is one wherever it stands, where a line end alone would begin a block. */
export const forcedBreak = "\\\\\n";
