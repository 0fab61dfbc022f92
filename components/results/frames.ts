import { isLibraryLine } from "@/lib/triage/fingerprint/library";

export type Segment = { isLibrary: boolean; text: string; lines: number };

/** Parts a stack into what is the project's own and what is not; a single library line is not worth folding. */
export function foldFrames(stack: string): Segment[] {
  const segments: Segment[] = [];
  for (const line of stack.split("\n")) {
    const isLibrary = isLibraryLine(line);
    const last = segments.at(-1);
    if (last && last.isLibrary === isLibrary) {
      last.text += `\n${line}`;
      last.lines += 1;
    } else segments.push({ isLibrary, text: line, lines: 1 });
  }
  return segments.reduce<Segment[]>((kept, segment) => {
    const last = kept.at(-1);
    const isShort = segment.isLibrary && segment.lines < 2;
    if (last && !last.isLibrary && (isShort || !segment.isLibrary))
      kept[kept.length - 1] = {
        isLibrary: false,
        text: `${last.text}\n${segment.text}`,
        lines: last.lines + segment.lines,
      };
    else kept.push(isShort ? { ...segment, isLibrary: false } : segment);
    return kept;
  }, []);
}
