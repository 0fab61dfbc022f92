import type { ProjectRef } from "@/lib/trackers/tracker";

// The query language of Azure DevOps: https://learn.microsoft.com/azure/devops/boards/queries/wiql-syntax

/** A text as a literal: nothing in it is syntax, and a line break ends no line. */
export const literal = (text: string): string => `'${text.replace(/[\p{Cc}\p{Cf}]+/gu, " ").replaceAll("'", "''")}'`;

const select = (where: string, order: string) => `SELECT [System.Id] FROM WorkItems WHERE ${where} ORDER BY ${order}`;
const inProject = "[System.TeamProject] = @project";

/** Work items with a tag. Of tags the query knows only "contains", so that what it finds has to be looked at. */
export const taggedQuery = (tag: string): string =>
  select(`${inProject} AND [System.Tags] CONTAINS ${literal(tag)}`, "[System.Id] ASC");

/** What was changed at a moment or later, the oldest change first. */
export const changedQuery = (since: Date): string =>
  select(
    `${inProject} AND [System.ChangedDate] >= ${literal(since.toISOString())}`,
    "[System.ChangedDate] ASC, [System.Id] ASC",
  );

const mostWords = 12;
const longestWordChars = 100;

/**
 * Work items with all of the words in title or text, or with that number, in these projects; null where nothing is
 * looked for. Each word is a literal of its own: the full-text search has a syntax inside of literals too.
 */
export function searchQuery(projects: readonly ProjectRef[], typed: string, texts: readonly string[]): string | null {
  const words =
    typed
      .match(/[\p{L}\p{N}\p{M}_]+/gu)
      ?.map((word) => word.slice(0, longestWordChars))
      .slice(0, mostWords) ?? [];
  if (projects.length === 0 || words.length === 0) return null;
  const places = projects.map(({ key }) => literal(key)).join(", ");
  const found = words.map((word) => {
    const anywhere = [
      `[System.Title] CONTAINS ${literal(word)}`,
      ...texts.map((field) => `[${field}] CONTAINS WORDS ${literal(word)}`),
    ];
    return `(${anywhere.join(" OR ")})`;
  });
  const number = /^\s*(?:AB)?#?(\d{1,9})\s*$/i.exec(typed)?.[1];
  const wanted = number ? `([System.Id] = ${Number(number)} OR ${found.join(" AND ")})` : found.join(" AND ");
  return select(`[System.TeamProject] IN (${places}) AND ${wanted}`, "[System.ChangedDate] DESC");
}
