import { org } from "./seed";
import type { Issue, Repo, State } from "./state";

type Qualifier = { name: string; value: string; isNegated: boolean };
type Query = { words: { text: string; isNegated: boolean }[]; qualifiers: Qualifier[] };

const known = ["repo", "org", "user", "is", "in", "label", "author", "state", "type", "assignee", "archived"];

/** GitHub's search language: words, "phrases" with \" inside, and qualifiers; a colon inside of quotes is text. */
export function parseQuery(text: string): Query {
  const query: Query = { words: [], qualifiers: [] };
  for (const [, minus, name, quotedValue, value, phrase, word] of text.matchAll(
    /(-)?(?:([a-z]+):(?:"((?:\\.|[^"\\])*)"|(\S+))|"((?:\\.|[^"\\])*)"|(\S+))/gi,
  )) {
    const isNegated = minus !== undefined;
    const plain = (escaped: string) => escaped.replace(/\\(["\\])/g, "$1");
    if (name && known.includes(name.toLowerCase())) {
      query.qualifiers.push({ name: name.toLowerCase(), value: plain(quotedValue ?? value ?? ""), isNegated });
    } else {
      const found = phrase ?? word ?? `${name}:${quotedValue ?? value}`;
      if (!/^(AND|OR|NOT)$/.test(found)) query.words.push({ text: plain(found), isNegated });
    }
  }
  return query;
}

/** What `GET /search/issues` finds, newest first; null where a repository is named that may not be seen. */
export function searchIssues(state: State, text: string, sees: (repo: Repo) => boolean): Issue[] | null {
  const { words, qualifiers } = parseQuery(text);
  const named = qualifiers.filter(({ name }) => name === "repo");
  const repos = state.repos.filter(sees);
  const isNamed = (repo: Repo) =>
    named.some(({ value }) => value.toLowerCase() === `${org}/${repo.name}`.toLowerCase());
  if (named.length > 0 && !repos.some(isNamed)) return null;

  return state.issues
    .filter((issue) => {
      const repo = repos.find(({ id }) => id === issue.repoId);
      if (!repo || (named.length > 0 && !isNamed(repo))) return false;
      const fits = qualifiers.every(({ name, value, isNegated }) => isNegated !== qualifies(state, issue, name, value));
      const text = `${issue.title}\n${issue.body ?? ""}`.toLowerCase();
      return fits && words.every((word) => word.isNegated !== holds(text, word.text));
    })
    .sort((a, b) => b.created_at.localeCompare(a.created_at) || b.id - a.id);
}

function qualifies(state: State, issue: Issue, name: string, value: string): boolean {
  if (name === "is" || name === "state" || name === "type") {
    return value === "issue" ? !issue.isPullRequest : value === "pr" ? issue.isPullRequest : value === issue.state;
  }
  if (name === "label") {
    return state.labels.some((one) => issue.labels.includes(one.id) && one.name.toLowerCase() === value.toLowerCase());
  }
  return name === "author" ? issue.author === value : true;
}

/** Punctuation is nothing to the index: only the words in their order are. */
const tokens = (text: string) =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
const holds = (text: string, phrase: string) => tokens(phrase) !== "  " && tokens(text).includes(tokens(phrase));
