/** Longer than this and a person feels the key. */
const affordableMs = 8;
const mostMs = 1_500;

/**
 * Tells of changes as often as that is affordable: at once while telling is quick, after a pause that grows with what
 * it costs where a document is large. `flush` tells what was not told yet.
 */
export function pace(tell: () => void, now: () => number = () => performance.now()) {
  let costMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDue = false;

  const flush = () => {
    clearTimeout(timer);
    if (!isDue) return;
    isDue = false;
    const began = now();
    tell();
    costMs = now() - began;
  };
  const changed = () => {
    isDue = true;
    if (costMs <= affordableMs) return flush();
    clearTimeout(timer);
    timer = setTimeout(flush, Math.min(costMs * 20, mostMs));
  };
  /** What was to be told is no longer true. */
  const forget = () => {
    clearTimeout(timer);
    isDue = false;
  };
  return { changed, flush, forget };
}
