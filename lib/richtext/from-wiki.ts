import { parseDoc, type RichDoc } from "./doc";
import type { Origin } from "./target";
import { readWiki } from "./wiki/read-blocks";

/**
 * What Jira Data Center sends as a document. What is no markup that we know is text; only what is larger or deeper than
 * a document may be is refused. `parseDoc` has the last word on addresses and sizes.
 */
export const fromWiki = (wiki: string, origin: Origin = {}): RichDoc =>
  parseDoc({ type: "doc", content: readWiki(wiki.replace(/\r\n?/g, "\n"), origin) });
