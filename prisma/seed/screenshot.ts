import sharp from "sharp";

type Box = { left: number; top: number; width: number; height: number; colour: string };

const [width, height] = [1280, 800];

/** Grey bars in the place of lines of text: fonts differ from machine to machine. */
const lines = (left: number, top: number, widths: readonly number[], colour = "#d5d8df"): Box[] =>
  widths.map((lineWidth, row) => ({ left, top: top + row * 22, width: lineWidth, height: 10, colour }));

const page: readonly Box[] = [
  { left: 0, top: 0, width, height: 64, colour: "#20233a" },
  { left: 40, top: 22, width: 120, height: 20, colour: "#8f9bff" },
  ...lines(980, 27, [70], "#c5c9e0"),
  ...lines(1090, 27, [110], "#c5c9e0"),
  // The message that the test has tripped over.
  { left: 40, top: 96, width: 1200, height: 72, colour: "#fbe3e4" },
  { left: 40, top: 96, width: 6, height: 72, colour: "#c8333f" },
  { left: 68, top: 120, width: 24, height: 24, colour: "#c8333f" },
  ...lines(112, 116, [420, 640], "#b8646b"),
  { left: 40, top: 200, width: 780, height: 560, colour: "#ffffff" },
  ...lines(72, 232, [260], "#4b5064"),
  ...[300, 400, 500].flatMap((top): Box[] => [
    { left: 72, top, width: 72, height: 72, colour: "#e6e9f5" },
    ...lines(168, top + 14, [300, 180]),
    ...lines(700, top + 14, [80], "#4b5064"),
  ]),
  { left: 860, top: 200, width: 380, height: 330, colour: "#ffffff" },
  ...lines(892, 232, [160], "#4b5064"),
  ...lines(892, 280, [220, 240, 200]),
  ...lines(1140, 280, [68, 68, 68]),
  { left: 892, top: 440, width: 316, height: 52, colour: "#b9bfe8" },
  ...lines(990, 461, [120], "#ffffff"),
];

const paint = ({ colour, left, top, ...size }: Box) => ({
  input: { create: { ...size, channels: 3 as const, background: colour } },
  left,
  top,
});

/** The shop's checkout as it looks when the payment has failed. */
export const screenshot = (): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: "#f4f5f9" } })
    .composite(page.map(paint))
    .png()
    .toBuffer();
