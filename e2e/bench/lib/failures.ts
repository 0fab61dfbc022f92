const parts = [
  "payment gateway",
  "order",
  "basket",
  "invoice",
  "customer",
  "parcel",
  "voucher",
  "refund",
  "catalogue",
  "session",
];
const troubles = ["did not answer", "was not found", "is locked", "was rejected", "has no rights", "is out of date"];
const places = ["checkout", "shipping", "returns", "billing", "search"];
const types = ["java.lang.AssertionError", "java.net.SocketTimeoutException", "java.lang.IllegalStateException"];

/** So many problems there are in all. */
export const problems = parts.length * troubles.length * places.length;

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T; // no list is empty

/** A number that is the same for the same index and says nothing about it. */
const scattered = (index: number) => Math.imul(index ^ (index >>> 7), 0x9e3779b1) >>> 0;

/**
 * The failure element of a test case: one of 300 problems, the first ones far more often than the last, with values,
 * ids and lines that are others each time.
 */
export function failureOf(index: number): string {
  const chance = scattered(index) / 2 ** 32;
  const problem = Math.floor(problems * chance * chance);
  const [part, trouble, place] = [
    pick(parts, problem),
    pick(troubles, Math.floor(problem / parts.length)),
    pick(places, Math.floor(problem / (parts.length * troubles.length))),
  ];
  const word = part.replace(" ", "");
  const id = scattered(index + 1)
    .toString(16)
    .padStart(8, "0");
  const message = `${part} ${index} ${trouble} in ${place} after ${scattered(index + 2) % 60_000} ms (request ${id}-0000-4000-8000-00${id}00)`;
  const stack = Array.from({ length: 12 }, (_, line) =>
    line % 3 === 2
      ? `\tat org.springframework.web.filter.Chain.doFilter${line}(Chain.java:${80 + line})`
      : `\tat com.example.shop.${place}.${word}.Step${line}.${trouble.replaceAll(" ", "")}(Step${line}.java:${80 + line})`,
  ).join("\n");
  const type = pick(types, problem);
  return `<failure message="${message}" type="${type}"><![CDATA[${type}: ${message}\n${stack}]]></failure>`;
}
