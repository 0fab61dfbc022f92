import { z } from "zod";
import { isSignInPage } from "@/lib/trackers/read-answer";

const text = z.string().trim().min(1);
const titled = z.looseObject({ title: text }).transform(({ title }) => title);
const named = z.looseObject({ name: text }).transform(({ name }) => name);
const summed = z.looseObject({ summary: text }).transform(({ summary }) => summary);
const subjected = z.looseObject({ subject: text }).transform(({ subject }) => subject);
const plain = z.union([titled, summed, subjected, named]);
/** What trackers call it, at the top or within what they wrap an issue in. */
const answer = z.union([
  plain,
  z.looseObject({ issue: plain }).transform(({ issue }) => issue),
  z.looseObject({ data: plain }).transform(({ data }) => data),
  z.looseObject({ fields: plain }).transform(({ fields }) => fields),
]);

const longestTitle = 500;
// A page's head has it, and what is long may be made to take long.
const longestPageChars = 256 * 1024;

/** The issue's title in an answer: a field of JSON, else the page's OpenGraph title, else its own. */
export function titleIn(body: string, contentType: string): string | null {
  const found = /json/i.test(contentType) ? inJson(body) : /html|xml/i.test(contentType) ? inPage(body) : null;
  const clean = found?.replace(/[\p{Cc}\s]+/gu, " ").trim();
  return clean ? [...clean].slice(0, longestTitle).join("") : null;
}

function inJson(body: string): string | null {
  try {
    return answer.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

function inPage(body: string): string | null {
  const page = body.slice(0, longestPageChars);
  // A form that asks for a password stands where the issue should: its title is not the issue's.
  if (isSignInPage(page)) return null;
  const meta = (page.match(/<meta\s[^<>]{1,2000}>/gi) ?? []).find((tag) =>
    /(?:property|name)=["']?og:title\b/i.test(tag),
  );
  const [, , content] = /\bcontent=(["'])(.{1,1000}?)\1/is.exec(meta ?? "") ?? [];
  const [, own] = /<title[^<>]{0,200}>([^<]{1,1000})<\/title/i.exec(page) ?? [];
  return content || own ? withoutEntities(content || own || "") : null;
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

const withoutEntities = (html: string) =>
  html.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi, (whole, decimal, hex, name) => {
    if (name) return entities[String(name).toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
