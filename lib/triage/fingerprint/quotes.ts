// Words that say that the quoted one is a name in the program or on its page, and not a value of the failure.
const before =
  /(?:^|[^\p{L}])(?:methods?|functions?|propert(?:y|ies)|attributes?|columns?|relations?|tables?|constraints?|index|indexes|modules?|packages?|import|export|name|names|named|class|classes|types?|interface|service|bean|component|elements?|selector|locator|button|link|field|labell?(?:ed)?|text|icon|tooltip|option|checkbox|radio|role|placeholder|heading|dialog|menu|tab|testid|route|command|topic|queue|exchange|schema|database|permission|scope|header|parameter|argument|param|variable|setting|config|script|target|task|plugin|loader|extension|provider|event|hook|fixture|step|scenario|because|reading|invoke|calling|called|expectations?|identifier|symbol|enum|keyword|macro|trait|struct|crate|dependency|library|binary|executable|program|tool|driver|resolve|mock|trigger|view|sequence|find|css|xpath|waiting for|activate|widgets? with|hosts?|hostname|server|fixture|getter|setter|constructor|operator|(?:with|for|by|unknown|missing) key|channel|container|image|label|feature|file input|stringValue|TestTag|ContentDescription|testTag|data-testid|export|option|flag|switch|env|environment variable|secret|bucket|repository|branch|job|stage|step|rule|policy|metric|collection|index|shard|partition|stream|cache|lock|job|cron|template|partial|helper|directive|pipe|slot|prop|attr|claim|grant|realm|tenant|locale|currency|timezone|zone|encoding|codec|format|protocol|scheme|mime type|media type|content type)[ :=([<]{0,3}$/iu;
const after =
  /^ ?(?:object\b|(?:is|was|are) (?:null|undefined|not (?:a function|defined|iterable|a constructor|callable|subscriptable)|null)|does not exist|has no|not found in|button\b|link\b|field\b|element\b|attribute\b|column\b|module\b|method\b|property\b|function\b|timed out|to (?:have been|be) called|is (?:not )?(?:an? )?(?:unknown|unexpected|invalid|required|missing)\b|intercepts|is a required|annotation|argument|parameter|expression unexpectedly)/i;

// What was expected and what came instead are values, whatever they look like.
const isValuePlace =
  /(?<![\p{L}])(?:expected|actual|received|got|was|but|equal|be|[!=]=|<|>|to have text|value|input_value=|differs from)[ :=(<[]{0,3}(?:string)?[ :=(<[]{0,3}$/iu;
// `com.shop.Clock`, `Shop\Clock`, `users_email_key`, `getTotal()`: nobody's data looks so.
const name =
  /^[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|\\|\/)[\p{L}_$][\p{L}\p{N}_$]*){1,12}(?:\(\))?$|^[\p{L}_$][\p{L}\p{N}_$.]*\(\)$|^@[\w-]+\/[\w./-]+$|^[a-z]+(?:[_-][a-z]+){1,8}$|^[a-z]+(?:[A-Z][a-z]+){1,6}$|^#[\w-]+$|^\.[a-z][\w-]+$|^\[[\w-]+[*^$~|]?=/u;
const file = /\.(?:\w{1,4}|properties)$/;

/** Whether what is quoted tells the cause, by what stands before and behind it. */
export function isMeant(quoted: string, textBefore: string, textAfter: string): boolean {
  if (/\b(?:id|class|name|role|type|data-[\w-]+|aria-[\w-]+)=$/.test(textBefore.slice(-40))) return true;
  if (quoted === "" || quoted.length > 200) return false;
  if (/(?:golden|snapshot(?: name)?|baseline|screenshot)\W{1,3}$/i.test(textBefore.slice(-40))) return true;
  if (/^<[a-z][\w.#:[\]="'-]{0,100}>$/i.test(quoted)) return true;
  if (/\b(?:contain|contains|have|has) (?:exact )?(?:text|value) $/i.test(textBefore.slice(-40))) return false;
  if (isValuePlace.test(textBefore.slice(-40)) && !/[.\\:#[(]/.test(quoted)) return false;
  if (name.test(quoted) && !(quoted.includes("/") && file.test(quoted))) return true;
  if (/[\\/].*\.\w+$/.test(quoted)) return false;
  return before.test(textBefore.slice(-40)) || after.test(textAfter);
}

/** Whether what follows is a message within quotes, to be read as such. */
export const opensProse = (textBefore: string): boolean =>
  /(?:description|message|reason|error|exception|thrown|says|failed with|unexpectedly raised an error):? {0,2}$|(?:Error|Exception)\($/i.test(
    textBefore.slice(-40),
  );

/** Values of the language itself: an assertion without them says less. */
export const isLiteral = (quoted: string): boolean =>
  /^(?:null|none|nil|true|false|undefined|nan|err|ok|some|void|visible|hidden|disabled|enabled|readonly|checked|selected|focused|empty)$/i.test(
    quoted,
  );

const closers: Record<string, string> = { '"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "«": "»" };
const maxQuoted = 400;
const letter = /[\p{L}\p{N}]/u;

/** Where the quote that begins there ends; -1 when it is none. */
export function closingOf(text: string, at: number): number {
  const char = text[at] ?? "";
  const closer = closers[char];
  if (closer === undefined) return -1;
  // Ruby quoted `so' for years.
  const end = endOf(text, at, closer);
  return end === -1 && char === "`" ? endOf(text, at, "'") : end;
}

function endOf(text: string, from: number, closer: string): number {
  // A value of several lines stands on lines of its own.
  const startsLine = from === 0 || text[from - 1] === "\n";
  const limit = Math.min(text.length, from + maxQuoted);
  for (let i = from + 1; i < limit; i++) {
    const char = text[i];
    if (char === "\n" && !startsLine) return -1;
    if (char === "\\") i += 1;
    // The apostrophe of a word closes nothing.
    else if (char === closer && (closer === '"' || !letter.test(text[i + 1] ?? ""))) return i;
  }
  return -1;
}
