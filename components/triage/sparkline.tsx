import { counted } from "./words";

const barWidth = 4;
const height = 16;
const bars = 12;

/** What the bars tell, for those who cannot see them. */
export function sparkText(values: readonly number[]): string {
  const hit = values.filter((value) => value > 0).length;
  if (values.length === 0) return "No run yet";
  if (values.length === 1) return "The first run";
  if (hit === 1 && values.at(-1)) return `Not in the ${counted(values.length - 1, "run")} before this one`;
  return `In ${hit} of the last ${values.length} runs`;
}

/** How high a bar is, from 1; one failure among thousands stays visible. */
export const barHeight = (value: number, most: number, full: number): number =>
  value <= 0 ? 1 : Math.max(3, Math.round((value / most) * full));

/** How often a group occurred in the latest runs, oldest first: the last bar is this run. */
export function Sparkline({ values, isFlaky = false }: { values: readonly number[]; isFlaky?: boolean }) {
  const shown = values.slice(-bars);
  const most = Math.max(...shown, 1);
  const text = sparkText(values);
  const ofThisRun = isFlaky ? "fill-flaky" : "fill-failed";
  return (
    <svg
      role="img"
      aria-label={text}
      width={bars * barWidth}
      height={height}
      viewBox={`0 0 ${bars * barWidth} ${height}`}
      className="shrink-0 text-muted"
    >
      <title>{text}</title>
      {shown.map((value, index) => {
        const tall = barHeight(value, most, height);
        const isThis = index === shown.length - 1;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place.
            key={index}
            x={(bars - shown.length + index) * barWidth}
            y={height - tall}
            width={barWidth - 1}
            height={tall}
            className={value > 0 && isThis ? ofThisRun : "fill-current"}
            opacity={value > 0 ? 1 : 0.4}
          />
        );
      })}
    </svg>
  );
}
