// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are what people write in the place of a secret.

type Draw = (length: number, from?: number) => string;

/** What is found, the secret between « and », and what must not be. */
export type Examples = { finds: readonly string[]; ignores: readonly string[] };

/** Examples of what keeps a person signed in. */
export const sessionExamples = ({ word, hex }: Record<"word" | "hex", Draw>): Record<string, Examples> => ({
  "faultline-token": {
    finds: [
      `«flt_${word(43)}»`,
      `FAULTLINE_TOKEN «flt_${word(42)}-»`,
      `"«flt_${word(20)}_${word(22)}»"`,
      `curl -H 'x: «flt_${word(43, 3)}»'`,
      `(«flt_${word(43, 5)}»)`,
    ],
    ignores: ["flt_", "flt_short", `default_flt_${word(43)}`, `flt_${word(44)}`, "flt_your-token-here"],
  },
  "bearer-token": {
    finds: [
      `Authorization: Bearer «${word(40)}»`,
      `-H "authorization: bearer «${hex(40)}»"`,
      `Bearer «abc.def-123_456~789»`,
      `{'Authorization': 'Bearer «${word(24)}=»'}`,
      `BEARER «${word(32)}»`,
      `authorization: token «${word(40)}»`,
      `{\\"Authorization\\":\\"«${hex(40)}»\\"}`,
    ],
    ignores: [
      "Bearer authentication is required",
      "Bearer <token>",
      "Bearer ${TOKEN}",
      "bearer tokens expire",
      "Bearer ****************",
      `forebearer ${word(40)}`,
      'WWW-Authenticate: Bearer realm="api"',
      "authorization: required-for-all-requests",
    ],
  },
  cookie: {
    finds: [
      `Cookie: «session=${word(40)}»`,
      `set-cookie: «sid=${hex(32)}; Path=/; HttpOnly»`,
      `Cookie: «theme=dark; connect.sid=s%3A${word(32)}.${word(43)}»\nAccept: text/html`,
      `"cookie":"«JSESSIONID=${hex(32)}»"`,
      `{\\"Cookie\\":\\"«a=b; token=${word(24)}»\\"}`,
    ],
    ignores: [
      "Cookie: theme=dark; lang=en",
      "the cookie: it was not set by the server at all",
      "cookie=session",
      "Cookie: session=<redacted>",
      "Expected cookie: none, received: 1700000000000",
    ],
  },
});
