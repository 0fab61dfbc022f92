import { holdsCredential, isCredential, isMasked, isPassword, isPlaceholder } from "./values";

/**
 * One kind of secret. `anchor` is what every one of them has in it (in lower case where `ignoresCase`); the text is
 * searched for that alone, and `shape` is asked only there, so that a text is read once and fast. Every repetition in a
 * `shape` is bounded or cannot be entered twice, for the text may be hostile.
 */
export type Pattern = {
  kind: string;
  hint: string;
  anchors: readonly string[];
  ignoresCase?: true;
  /** Sticky, begins at the anchor; all of it is masked, or the group named `secret`, in which it ends but for a sign. */
  shape: RegExp;
  /** Whether the character directly before the anchor says that it is none; most tokens begin where no word goes on. */
  notAfter?: (code: number) => boolean;
  /** What has to stand somewhere in the characters before. */
  after?: RegExp;
  accepts?: (secret: string) => boolean;
  /** What is not accepted was looked at to its end, and is not looked at again. */
  isWhole?: true;
};

const inWord = (code: number) =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x5f;
const inToken = (code: number) => inWord(code) || code === 0x2d || code === 0x2e;
const outsideQuery = (code: number) => code !== 0x3f && code !== 0x26 && code !== 0x3b;
const outsideScheme = (code: number) => !inWord(code) && code !== 0x2b;

/** What secrets look like. Reviewed by hand; each has examples in the test that it finds and that it must not. */
export const patterns: readonly Pattern[] = [
  {
    kind: "github-token",
    hint: "GitHub token",
    anchors: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
    shape: /gh[pousr]_[A-Za-z0-9]{36,255}/y,
    notAfter: inWord,
  },
  {
    kind: "github-token",
    hint: "GitHub token",
    anchors: ["github_pat_"],
    shape: /github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{40,100}/y,
    notAfter: inWord,
  },
  {
    kind: "gitlab-token",
    hint: "GitLab token",
    anchors: ["glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "gloas-"],
    shape: /gl(?:pat|dt|rt|cbt|ptt|ft|oas)-[A-Za-z0-9_.-]{20,300}/y,
    notAfter: inWord,
  },
  {
    kind: "slack-token",
    hint: "Slack token",
    anchors: ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxc-", "xoxd-", "xapp-"],
    shape: /(?:xox[bparsecd]|xapp)-(?=[A-Za-z-]{0,20}\d)[A-Za-z0-9-]{10,250}/y,
    notAfter: inWord,
  },
  {
    kind: "slack-webhook",
    hint: "Slack webhook address",
    anchors: ["hooks.slack.com/"],
    shape: /hooks\.slack\.com\/(?:services|workflows)\/(?<secret>[A-Za-z0-9/]{20,200})/y,
  },
  {
    kind: "aws-access-key",
    hint: "AWS access key",
    anchors: ["AKIA", "ASIA"],
    shape: /A[KS]IA[A-Z2-7]{16}(?![A-Za-z0-9])/y,
    notAfter: inWord,
  },
  {
    kind: "google-api-key",
    hint: "Google API key",
    anchors: ["AIza"],
    shape: /AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/y,
    notAfter: inWord,
  },
  {
    kind: "stripe-key",
    hint: "Stripe key",
    anchors: ["sk_live_", "rk_live_", "whsec_"],
    shape: /(?:[sr]k_live_|whsec_)[A-Za-z0-9+/]{16,250}/y,
    notAfter: inWord,
  },
  {
    kind: "npm-token",
    hint: "npm token",
    anchors: ["npm_"],
    shape: /npm_[A-Za-z0-9]{36}(?![A-Za-z0-9_])/y,
    notAfter: inWord,
  },
  {
    kind: "pypi-token",
    hint: "PyPI token",
    anchors: ["pypi-AgE"],
    shape: /pypi-AgE[A-Za-z0-9_-]{50,1000}/y,
    notAfter: inWord,
  },
  {
    kind: "azure-key",
    hint: "Azure account key",
    anchors: ["accountkey=", "sharedaccesskey="],
    ignoresCase: true,
    shape: /(?:Account|SharedAccess)Key=(?<secret>[A-Za-z0-9+/]{40,100}={0,2})/iy,
  },
  {
    kind: "azure-signature",
    hint: "signature of a shared link",
    anchors: ["sig="],
    shape: /sig=(?<secret>(?:[A-Za-z0-9+/_=-]|%[0-9A-Fa-f]{2}){30,200})/y,
    notAfter: outsideQuery,
  },
  {
    kind: "jwt",
    hint: "JSON web token",
    anchors: ["eyJ"],
    shape: /eyJ[A-Za-z0-9_-]{10,8192}\.eyJ[A-Za-z0-9_-]{10,16384}\.[A-Za-z0-9_-]{10,2048}/y,
    notAfter: inToken,
  },
  {
    kind: "atlassian-token",
    hint: "Atlassian token",
    anchors: ["ATATT3", "ATCTT3", "ATBB"],
    shape: /(?:AT[AC]TT3[A-Za-z0-9_=-]{50,400}|ATBB[A-Za-z0-9]{32}(?![A-Za-z0-9]))/y,
    notAfter: inWord,
  },
  {
    kind: "sendgrid-key",
    hint: "SendGrid key",
    anchors: ["SG."],
    shape: /SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}(?![A-Za-z0-9_-])/y,
    notAfter: inWord,
  },
  {
    kind: "twilio-key",
    hint: "Twilio key",
    anchors: ["SK"],
    shape: /SK[0-9a-f]{32}(?![A-Za-z0-9])/y,
    notAfter: inWord,
  },
  {
    kind: "openai-key",
    hint: "API key of a language model",
    anchors: ["sk-proj-", "sk-ant-", "sk-svcacct-"],
    shape: /sk-(?:proj|ant|svcacct)-[A-Za-z0-9_-]{32,250}/y,
    notAfter: inWord,
  },
  {
    kind: "openai-key",
    hint: "API key of a language model",
    anchors: ["sk-"],
    shape: /sk-[A-Za-z0-9]{48}(?![A-Za-z0-9_-])/y,
    notAfter: inToken,
  },
  {
    kind: "faultline-token",
    hint: "Faultline token",
    anchors: ["flt_"],
    shape: /flt_[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/y,
    notAfter: inWord,
  },
  {
    kind: "bearer-token",
    hint: "token of an Authorization header",
    anchors: ["bearer "],
    ignoresCase: true,
    shape: /bearer {1,4}(?<secret>[A-Za-z0-9._~+/-]{16,8192}={0,2})/iy,
    notAfter: inWord,
    accepts: isCredential,
  },
  {
    kind: "bearer-token",
    hint: "token of an Authorization header",
    anchors: ["authorization"],
    ignoresCase: true,
    shape:
      /authorization\\{0,3}["']?[ \t]{0,3}[:=][ \t]{0,3}\\{0,3}["']?(?!basic )(?:[A-Za-z][A-Za-z-]{0,20} {1,3})?(?<secret>[A-Za-z0-9._~+/=-]{16,8192})/iy,
    accepts: isCredential,
  },
  {
    kind: "cookie",
    hint: "cookies",
    anchors: ["cookie"],
    ignoresCase: true,
    shape: /cookie\\{0,3}["']?[ \t]{0,3}[:=][ \t]{0,3}\\{0,3}["']?(?<secret>[^\n"'\\]{12,8192})/iy,
    accepts: holdsCredential,
    isWhole: true,
  },
  {
    kind: "basic-credentials",
    hint: "password of an Authorization header",
    anchors: ["basic "],
    ignoresCase: true,
    shape: /basic {1,4}(?<secret>[A-Za-z0-9+/]{6,1024}={0,2})(?![A-Za-z0-9+/_-])/iy,
    after: /authorization["']?\s{0,2}[:=,]\s{0,2}["']?$/i,
    accepts: (secret) => !isPlaceholder(secret),
  },
  {
    kind: "url-password",
    hint: "password in an address",
    anchors: ["://"],
    shape: /:\/\/[^\s/?#@:"'<>]{0,128}:(?<secret>[^\s/?#@"'<>]{1,256})@(?=[A-Za-z0-9[])/y,
    notAfter: outsideScheme,
    // Whatever stands there is a password, unless it is masked or filled in later; short numbers are ports.
    accepts: (secret) => !isMasked(secret) && !/^\d{1,5}$/.test(secret),
  },
];

/** Names whose values are secrets, as the last part of a key: `DB_PASSWORD=…`, `"clientSecret": "…"`. */
export const secretNames: readonly {
  names: readonly string[];
  kind: string;
  hint: string;
  accepts: (value: string) => boolean;
}[] = [
  { names: ["password", "passwd", "passphrase", "pwd"], kind: "password", hint: "password", accepts: isPassword },
  {
    names: [
      "secret",
      "token",
      "apikey",
      "api_key",
      "api-key",
      "access_key",
      "accesskey",
      "access-key",
      "private_key",
      "secret_key",
      "secretkey",
      "secret-key",
    ],
    kind: "credential",
    hint: "secret value",
    accepts: isCredential,
  },
];
