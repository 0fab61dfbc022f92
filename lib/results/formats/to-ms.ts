const longestMs = 2_147_483_647;

/** Seconds as tools write them ("0.005", "1,234.5", "<<computed>>") in milliseconds, within an int. */
export function toMs(seconds: string | undefined): number {
  if (seconds === undefined) return 0;
  // Nearly all are plain decimals. Number() on a piece of a larger text took a twentieth of the whole time of reading.
  let digits = 0;
  let scale = 0;
  for (let place = 0; place < seconds.length; place += 1) {
    const digit = seconds.charCodeAt(place) - 0x30;
    if (digit >= 0 && digit <= 9 && place < 15) {
      digits = digits * 10 + digit;
      scale *= 10;
    } else if (digit === -2 && scale === 0) scale = 1;
    else return bounded(Number(seconds.replaceAll(",", "")) * 1000);
  }
  return bounded((digits * 1000) / (scale || 1));
}

const bounded = (ms: number) => (Number.isFinite(ms) && ms > 0 ? Math.min(Math.round(ms), longestMs) : 0);
