import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { layerOf, rules, soles } from "./layers.mjs";
import { root } from "./repo.mjs";

const MOST_LINES = 400;
const skipped = /(^|\/)(node_modules|generated|\.[^/]+|test-results|playwright-report)(\/|$)/;
// A child is a process that a test starts.
// Files that only tests import; "Test Connection" is a feature. The suite that every tracker passes is one of them.
const isTestHelp = (file) =>
  /^lib\/trackers\/contract(\/.*)?(\.ts)?$/.test(file) ||
  /^(app|components|lib|inngest)\/(.*\/)?(test-(?!connection)[^/]+|testing(\/.*)?|[^/]+\.child)(\.tsx?)?$/.test(file);
const isTest = (file) =>
  /\.test\.tsx?$|^vitest(\.\w+)?\.config\.ts$/.test(file) || file.startsWith("e2e/") || isTestHelp(file);
const importPattern =
  /^\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm;

/** Everything in one file that breaks a rule, a sentence each. */
export function violationsOf(file, text) {
  const found = [];
  const lines = text.split("\n").length;
  if (lines > MOST_LINES) found.push(`${file} has ${lines} lines; ${MOST_LINES} is the most`);
  if (isTest(file)) return found;
  for (const sole of soles) {
    if (sole.text.test(text) && !sole.in.test(file)) found.push(`${file}: ${sole.says}`);
  }
  for (const [, type, target, dynamic] of text.matchAll(importPattern)) {
    const to = resolve(file, target ?? dynamic);
    for (const sentence of wrongs(file, to, Boolean(type))) found.push(`${file} imports ${to}: ${sentence}`);
  }
  return found;
}

function* wrongs(file, to, isType) {
  const own = layerOf(file);
  const other = to.startsWith("npm:") ? undefined : layerOf(`${to}.ts`);
  const isFree = isType && file.startsWith("components/");
  if (own !== undefined && other !== undefined && other > own && !isFree) yield "upward";
  if (isTestHelp(to)) yield "only tests import that";
  const provider = /^lib\/trackers\/([^/]+)\//;
  const [mine, theirs] = [provider.exec(file)?.[1], provider.exec(to)?.[1]];
  if (mine && theirs && mine !== theirs) yield "a tracker never imports another";
  for (const rule of rules) {
    if (rule.typesAreFree && isType) continue;
    if (rule.from.test(file) && rule.to.test(to) && !rule.unless?.test(to)) yield rule.says;
  }
}

function resolve(file, target) {
  if (target.startsWith("@/")) return target.slice(2);
  if (target.startsWith(".")) return path.posix.join(path.posix.dirname(file), target);
  return `npm:${target}`;
}

/** Every source file of the checkout, by its path in it. */
export function sourceFiles() {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|mjs)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !skipped.test(file))
    .sort();
}

/** All violations of the checkout. */
export const violations = () =>
  sourceFiles().flatMap((file) => violationsOf(file, readFileSync(path.join(root, file), "utf8")));
