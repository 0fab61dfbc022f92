import { readFileSync } from "node:fs";
import Ajv from "ajv-draft-04";

import { specsDir } from "@/e2e/vitest/external";

/** Atlassian's own schema under a validator that knows nothing of ours; of the specs where they are, else the package's. */
export function atlassian(): (adf: unknown) => boolean {
  const file = process.env.FAULTLINE_SPECS
    ? specsDir("adf-full.json")
    : "node_modules/@atlaskit/adf-schema/json-schema/v1/full.json";
  return new Ajv({ strict: false }).compile(JSON.parse(readFileSync(file, "utf8")));
}

/** Every letter that Jira shows, read from the JSON alone: texts, and the attributes that are shown as text. */
export function seenInAdf(adf: unknown): string {
  if (Array.isArray(adf)) return adf.map(seenInAdf).join(" ");
  if (typeof adf !== "object" || adf === null) return "";
  const node: { type?: unknown; text?: unknown; attrs?: Record<string, unknown>; content?: unknown } = adf;
  const attributes: Record<string, string[]> = {
    mention: ["text"],
    emoji: ["text", "shortName"],
    expand: ["title"],
    nestedExpand: ["title"],
    media: ["alt"],
  };
  const shown = attributes[String(node.type)] ?? [];
  const own = node.type === "text" ? [node.text] : shown.map((name) => node.attrs?.[name] ?? "");
  return [...own, seenInAdf(node.content)].join(" ");
}
