import { findSecrets } from "./find";
import type { Found, OwnMatcher } from "./found";

/** How much is looked at in one go, and how much of it again with what follows. No secret that is known is longer. */
const pass = 256 * 1_024;
const overlap = 32 * 1_024;
/** What stands before a finding may decide about it: so much is looked at again on the left. */
const context = 512;

/**
 * The secrets in a text that comes in pieces, such as an attached log, with positions in the whole. However the text is
 * cut, the findings are the same; memory is bounded.
 */
export async function* secretsOf(
  chunks: AsyncIterable<string> | Iterable<string>,
  own: readonly OwnMatcher[] = [],
): AsyncGenerator<Found> {
  let text = "";
  /** Where `text` begins in the whole, and up to where all is told. */
  let base = 0;
  let told = 0;

  function* scan(isLast: boolean): Generator<Found> {
    const settled = isLast ? text.length : text.length - overlap;
    let cut = settled;
    for (const found of findSecrets(text, own)) {
      if (base + found.from < told) continue;
      if (!isLast && found.to > settled) {
        cut = Math.min(cut, found.from);
        break;
      }
      yield { ...found, from: base + found.from, to: base + found.to };
      told = base + found.to;
    }
    told = Math.max(told, base + cut);
    const dropped = Math.max(0, cut - context);
    base += dropped;
    text = text.slice(dropped);
  }

  for await (const chunk of chunks) {
    text += chunk;
    if (text.length >= pass) yield* scan(false);
  }
  yield* scan(true);
}
