// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are what people write in the place of a secret.

// Examples for the test of the patterns of secrets. The values are made here, so that no other scanner takes this file for a leak.

import { type Examples, sessionExamples } from "./secret-examples-session";

const draw =
  (alphabet: string) =>
  (length: number, from = 7) => {
    let made = "";
    for (let i = 0, at = from; i < length; i++, at = (at * 31 + 17) % 9973)
      made += alphabet.charAt(at % alphabet.length);
    return made;
  };
const small = "abcdefghijklmnopqrstuvwxyz";
const word = draw(`${small}${small.toUpperCase()}0123456789`);
const capital = draw(`${small.toUpperCase()}234567`);
const hex = draw("0123456789abcdef");
const jwt = `eyJ${word(30)}.eyJ${word(60)}.${word(43)}`;
const pem = (name: string, lines = 4) =>
  `-----BEGIN ${name}-----\n${Array.from({ length: lines }, (_, i) => word(64, i + 1)).join("\n")}\n-----END ${name}-----`;

/** For each kind what is found, the secret between « and », and what must not be. */
export const examples: Readonly<Record<string, Examples>> = {
  ...sessionExamples({ word, hex }),
  "github-token": {
    finds: [
      `«ghp_${word(36)}»`,
      `GITHUB_TOKEN is «gho_${word(36)}».`,
      `"«ghs_${word(36)}»"`,
      `remote: x-access-token:«ghu_${word(36)}» denied`,
      `token\t«github_pat_${word(22)}_${word(59)}»`,
      `(«ghr_${word(76)}»)`,
    ],
    ignores: [
      "ghp_",
      "ghp_short",
      `xghp_${word(36)}`,
      "ghs_test_helper_name",
      `github_pat_${word(10)}`,
      "gho_________________________________________",
    ],
  },
  "gitlab-token": {
    finds: [
      `«glpat-${word(20)}»`,
      `PRIVATE-TOKEN: «glpat-${word(27)}»`,
      `«gldt-${word(20)}»,`,
      `runner «glrt-${word(24)}»`,
      `'«glptt-${word(40)}»'`,
    ],
    ignores: ["glpat-", "glpat-short", "the glpat-prefix is new", `xglpat-${word(20)}`, "glft/src", "gl-pat-abc"],
  },
  "slack-token": {
    finds: [
      `«xoxb-1234567890-${word(24)}»`,
      `«xoxp-99887766-55443322-${hex(32)}»`,
      `slack: «xoxe-1-${word(40)}» `,
      `"«xapp-1-A0${capital(9)}-12345-${hex(20)}»"`,
      `('«xoxa-2-${word(20)}»')`,
      `«xoxc-1234567890-1234567890-${word(24)}»`,
    ],
    ignores: [
      "xoxb-",
      "xoxb-short",
      "xoxb-your-token-here",
      "xoxo-hugs-and-kisses",
      "foxoxb-12345678901",
      "xoxp-token-goes-in-here",
    ],
  },
  "slack-webhook": {
    finds: [
      `https://hooks.slack.com/services/«T${capital(8)}/B${capital(8)}/${word(24)}»`,
      `curl hooks.slack.com/services/«T${capital(10)}/B${capital(10)}/${word(24)}»`,
      `"https://hooks.slack.com/workflows/«T${capital(8)}/A${capital(9)}/${word(20)}»"`,
      `<https://hooks.slack.com/services/«T${capital(8)}/B${capital(8)}/${word(22)}»>`,
      `POST https://hooks.slack.com/services/«T${capital(8)}/B${capital(8)}/${word(26)}» 404`,
    ],
    ignores: [
      "https://hooks.slack.com/",
      "hooks.slack.com/services/",
      "https://hooks.slack.com/services/T/B/x",
      "https://api.slack.com/services/abcdefghijklmnopqrstuvwxyz",
      "hooks.slack.com/docs/abcdefghijklmnopqrstuvwxyz",
    ],
  },
  "aws-access-key": {
    finds: [
      `«AKIA${capital(16)}»`,
      `aws_access_key_id = «AKIA${capital(16)}»`,
      `"«ASIA${capital(16)}»"`,
      `?AWSAccessKeyId=«AKIA${capital(16)}»&x`,
      `key:«ASIA${capital(16)}».`,
    ],
    ignores: [
      "AKIA",
      `AKIA${capital(15)}`,
      `AKIA${capital(17)}`,
      `XAKIA${capital(16)}`,
      "AKIAabcdefghijklmnop",
      "ASIAN_MARKETS_REPORT",
    ],
  },
  "google-api-key": {
    finds: [
      `«AIza${word(35)}»`,
      `?key=«AIza${word(35)}»&v=3`,
      `"«AIza${word(30)}-_abc»"`,
      `maps «AIza${word(35)}».`,
      `api:«AIza${word(35)}»`,
    ],
    ignores: ["AIza", `AIza${word(34)}`, `AIza${word(36)}`, `xAIza${word(35)}`, "AIzawa Shouta", `aiza${word(35)}`],
  },
  "stripe-key": {
    finds: [
      `«sk_live_${word(24)}»`,
      `«rk_live_${word(24)}»`,
      `Stripe('«sk_live_${word(99)}»')`,
      `STRIPE: «whsec_${word(32)}»`,
      `«sk_live_${word(16)}».`,
    ],
    ignores: [
      "sk_live_",
      `sk_test_${word(24)}`,
      `pk_live_${word(24)}`,
      "sk_live_short",
      `task_live_${word(24)}`,
      "rk_live_value_is_here",
    ],
  },
  "npm-token": {
    finds: [
      `«npm_${word(36)}»`,
      `//registry.npmjs.org/:_authToken=«npm_${word(36)}»`,
      `NPM_TOKEN «npm_${word(36)}»`,
      `"«npm_${word(36)}»"`,
      `(«npm_${word(36)}»)`,
    ],
    ignores: [
      "npm_",
      "npm_config_registry",
      `npm_${word(35)}`,
      `npm_${word(37)}`,
      "npm_package_dependencies_typescript_version_x",
      `xnpm_${word(36)}`,
    ],
  },
  "pypi-token": {
    finds: [
      `«pypi-AgEIcHlwaS5vcmc${word(60)}»`,
      `password «pypi-AgEIcHlwaS5vcmc${word(140)}»`,
      `TWINE «pypi-AgENdGVzdC5weXBp${word(80)}»`,
      `"«pypi-AgE${word(50)}»"`,
      `«pypi-AgE${word(55)}-_x».`,
    ],
    ignores: [
      "pypi-AgE",
      "pypi-AgEshort",
      "pypi-publish",
      `pypi-${word(60)}`.replace("AgE", "xxx"),
      `xpypi-AgE${word(60)}`,
    ],
  },
  "azure-key": {
    finds: [
      `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=«${word(86)}==»;EndpointSuffix=core`,
      `AccountKey=«${word(86)}==»`,
      `Endpoint=sb://a/;SharedAccessKeyName=Root;SharedAccessKey=«${word(43)}=»`,
      `accountkey=«${word(86)}==»"`,
      `HostName=a;SharedAccessKey=«${word(43)}=» `,
    ],
    ignores: [
      "AccountKey=",
      "AccountKey=<key>",
      "AccountKey=${KEY}",
      "SharedAccessKeyName=RootManageSharedAccessKey",
      "AccountKey=abc",
    ],
  },
  "azure-signature": {
    finds: [
      `https://a.blob.core.windows.net/c/b?sv=2022&sig=«${word(40)}%3D»`,
      `?sig=«${word(43)}%3D»&se=1`,
      `&amp;sig=«${word(30)}%2B${word(10)}%3D»`,
      `x?sv=1&sig=«${word(43)}=»`,
      `;sig=«${word(44)}»`,
    ],
    ignores: ["&sig=", "&sig=abc", `design=${word(44)}`, "?sig=verify the signature", `x.sig=${word(44)}`],
  },
  jwt: {
    finds: [`«${jwt}»`, `Cookie: session=«${jwt}»;`, `"«${jwt}»"`, `id «${jwt}».`, `(«${jwt}»)`],
    ignores: [
      "eyJ",
      "eyJhbGciOiJIUzI1NiJ9",
      `eyJ${word(30)}.eyJ${word(30)}`,
      `x${jwt}`,
      "data:application/json;base64,eyJhIjoxfQ==",
      `eyJ.eyJ.${word(20)}`,
    ],
  },
  "atlassian-token": {
    finds: [
      `«ATATT3xFf${word(150)}=${hex(8).toUpperCase()}»`,
      `jira «ATATT3${word(60)}»`,
      `«ATCTT3xFf${word(100)}»`,
      `"«ATBB${word(32)}»"`,
      `(«ATATT3${word(186)}»)`,
    ],
    ignores: ["ATATT3", "ATATT3short", `ATBB${word(20)}`, `xATATT3${word(60)}`, "ATBB", `ATATA${word(60)}`],
  },
  "sendgrid-key": {
    finds: [
      `«SG.${word(22)}.${word(43)}»`,
      `SENDGRID «SG.${word(22)}.${word(43)}»`,
      `"«SG.${word(20)}_-.${word(43)}»"`,
      `('«SG.${word(22)}.${word(43)}»')`,
      `«SG.${word(22)}.${word(43)}».`,
    ],
    ignores: [
      "SG.",
      "SG.com.example.Main",
      "MSG.error.notFound",
      `SG.${word(22)}`,
      `xSG.${word(22)}.${word(43)}`,
      "SG.a.b",
    ],
  },
  "twilio-key": {
    finds: [
      `«SK${hex(32)}»`,
      `sid «SK${hex(32)}»`,
      `"«SK${hex(32)}»"`,
      `/Keys/«SK${hex(32)}».json`,
      `(«SK${hex(32)}»)`,
    ],
    ignores: ["SK", "SKIPPED", `SK${hex(31)}`, `SK${hex(33)}`, `TASK${hex(32)}`, `SK${capital(32)}`],
  },
  "openai-key": {
    finds: [
      `«sk-proj-${word(48)}»`,
      `«sk-ant-api03-${word(90)}»`,
      `OPENAI «sk-proj-${word(120)}»`,
      `"«sk-svcacct-${word(60)}»"`,
      `(«sk-ant-${word(40)}»)`,
      `key «sk-${word(48)}»`,
    ],
    ignores: [
      "sk-proj-",
      "sk-proj-short",
      "task-proj-abcdefghijklmnopqrstuvwxyzabcdefgh",
      "sk-antenna",
      "sk-ant-build-3",
      `disk-${word(48)}`,
    ],
  },
  "basic-credentials": {
    finds: [
      `Authorization: Basic «${word(22)}==»`,
      `"authorization": "Basic «${word(16)}»"`,
      `-H 'Authorization: basic «dXNlcjpwYXNz»'`,
      `Authorization=Basic «${word(32)}»`,
      `Proxy-Authorization: Basic «${word(20)}»`,
    ],
    ignores: [
      "Basic authentication failed",
      "basic knowledge",
      "Authorization: Basic <base64>",
      "Authorization: Basic ***",
      "the basic dXNlcjpwYXNz test",
      "Authorization: Digest abc",
    ],
  },
  "url-password": {
    finds: [
      "https://user:«pass»@host/x",
      "postgres://app:«s3cr3t»@db:5432/app",
      "redis://:«hunter2»@cache",
      "git clone https://oauth2:«tok-en»@gitlab.com/a.git",
      '"mongodb+srv://root:«p%40ss»@c.mongodb.net"',
    ],
    ignores: [
      "https://host:8080/a@b",
      "https://user@host",
      "https://user:***@host",
      "postgres://user:<password>@host",
      "https://user:${PASSWORD}@host",
      "http://localhost:3000/@fs/a.ts",
      "https://a.b/c:d@e",
    ],
  },
  "private-key": {
    finds: [
      `«${pem("RSA PRIVATE KEY")}»`,
      `x «${pem("PRIVATE KEY")}» y`,
      `key: |\n«${pem("EC PRIVATE KEY", 1)}»\n`,
      `«${pem("OPENSSH PRIVATE KEY").replaceAll("\n", "\\n")}»`,
      `«-----BEGIN RSA PRIVATE KEY-----\n${word(64)}\n${word(64)}» cut here`,
      `«${pem("PGP PRIVATE KEY BLOCK")}»`,
    ],
    ignores: [
      pem("CERTIFICATE"),
      pem("PUBLIC KEY"),
      "-----BEGIN TEST-----",
      "BEGIN RSA PRIVATE KEY",
      "-----BEGIN PGP SIGNED MESSAGE-----",
      "-----END RSA PRIVATE KEY-----",
    ],
  },
  password: {
    finds: [
      "password=«hunter2»",
      'DB_PASSWORD: "«correct horse 9»"',
      "passwd = '«s3cr3t!»'",
      '{"password":"«Tr0ub4dor&3»"}',
      "--password=«abc123» --verbose",
      "pwd=«x9y8z7»;Server=a",
      "spring.datasource.password=«p@ssw0rd1»",
      "PASSPHRASE => '«4-words»'",
      '{\\"password\\":\\"«hunter2!»\\"}',
      '"password": "«a\\\\b1\\"c»"',
    ],
    ignores: [
      "password=",
      "password: required",
      "password=***",
      "password=<password>",
      "password=${DB_PASSWORD}",
      "password: changeme",
      "Password: incorrect, try again",
      "password = process.env.PASSWORD",
      "password: getPassword(user)",
      "passwords: 12",
      "password_file=/run/secrets/db1",
      "the password is wrong",
      "Expected password = undefined",
    ],
  },
  credential: {
    finds: [
      `token=«${hex(32)}»`,
      `client_secret: «${word(40)}»`,
      `"apiKey": "«${word(24)}»"`,
      `aws_secret_access_key = «${word(40)}»`,
      `X-Api-Key: «${word(32)}»`,
      `SECRET_KEY='«${word(50)}»'`,
      `https://a.b/c?access_token=«${word(30)}»&d=e`,
    ],
    ignores: [
      "token=",
      "SyntaxError: Unexpected token: punc",
      "token: <token>",
      "secret=/run/secrets/api-key-2024.txt",
      "token = await getToken(request, 2)",
      "const token = this.state.session.token2;",
      "tokens: 123456789012",
      "token_type: bearer0123456789",
      "api_key: your-api-key-here",
      "secret: xxxxxxxxxxxxxxxx",
      "access_key: ${{ secrets.ACCESS_KEY_1 }}",
      "token: abcdefghijklmnop",
    ],
  },
};

/** What failed tests are full of; nothing in it is a secret. */
export const harmless: readonly string[] = [
  `commit ${hex(40)}`,
  `${hex(7)}..${hex(7, 9)}`,
  `sha256:${hex(64)}`,
  `"integrity": "sha512-${word(86)}=="`,
  "550e8400-e29b-41d4-a716-446655440000",
  `data:image/png;base64,iVBORw0KGgo${word(400)}==`,
  "    at Object.<anonymous> (/home/runner/work/app/app/src/auth/token.test.ts:42:17)",
  "    at async Promise.all (index 0)\n    at com.example.auth.PasswordResetTest.resetsToken(PasswordResetTest.java:88)",
  "expect(received).toBe(expected) // Object.is equality\n\nExpected: 200\nReceived: 401",
  "C:\\Users\\ci\\AppData\\Local\\Temp\\secret-1234\\token.txt",
  "TimeoutError: locator.fill: Timeout 30000ms exceeded.\n- waiting for getByLabel('Password')",
  "GET https://api.example.com/v1/users?page=2&per_page=100 401 (Unauthorized)",
  "E       assert 'token' in {'access': None, 'refresh': None}",
  'java.lang.NullPointerException: Cannot invoke "Token.value()" because "token" is null',
];
