const units = ["kB", "MB", "GB"] as const;

/** A size as people read it: 88 kB, 1.2 MB. */
export function inBytes(sizeBytes: number): string {
  if (sizeBytes < 1_000) return `${sizeBytes} B`;
  let value = sizeBytes;
  let unit: string = units[0];
  for (const next of units) {
    value /= 1_000;
    unit = next;
    if (value < 999.5) break;
  }
  return `${value < 9.95 && unit !== "kB" ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
