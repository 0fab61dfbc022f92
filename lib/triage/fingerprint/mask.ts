/** A text without what varies, and what was taken out of it, in its order. */
export type Masked = { text: string; values: { label: string; value: string }[] };

const codes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, "g");
const varying =
  /(?<uuid>\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b)|(?<quoted>"[^"\n]{0,200}"|'[^'\n]{0,200}')|(?<hex>\b0x[0-9a-f]{1,64}\b)|(?<path>(?:[A-Za-z]:)?(?:[\\/][\w.@+-]{1,100}){2,20})|(?<number>\d[\d.,:]{0,60})/gi;

const longest = 4_000;

export function mask(text: string): Masked {
  const values: Masked["values"] = [];
  const seen: Record<string, number> = {};
  const masked = text
    .slice(0, longest)
    .replace(codes, "")
    .replace(/\r\n?/g, "\n")
    .replace(varying, (value: string, ...rest: unknown[]) => {
      const groups = rest.at(-1) as Record<string, string | undefined>; // the named groups come last
      const kind = Object.keys(groups).find((name) => groups[name] !== undefined) ?? "value";
      seen[kind] = (seen[kind] ?? 0) + 1;
      values.push({ label: `${kind} ${seen[kind]}`, value: value.slice(0, 200) });
      return `<${kind}>`;
    });
  return { text: masked.trim().slice(0, 500), values: values.slice(0, 20) };
}
