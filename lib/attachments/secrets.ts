import type { Found, OwnMatcher } from "@/lib/richtext/secrets/found";
import { secretsOf } from "@/lib/richtext/secrets/stream";
import { store } from "./store";

/**
 * The secrets in a stored text, for whoever is about to send it to a tracker; read as it is scanned. Other files are
 * not looked into: nobody could mask anything in them.
 */
export async function* secretsInFile(
  { id, mediaType }: { id: string; mediaType: string },
  own: readonly OwnMatcher[] = [],
): AsyncGenerator<Found> {
  if (!mediaType.startsWith("text/")) return;
  const content = await store().open(id);
  if (!content) return;
  // Node's streams give strings once they have an encoding; a character that is cut between two pieces stays whole.
  yield* secretsOf(content.setEncoding("utf8") as AsyncIterable<string>, own);
}
