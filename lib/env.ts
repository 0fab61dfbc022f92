import { z } from "zod";
import { parseAllowed } from "./http/addresses";

/**
 * The only reader of process.env. Each variable says what it is for and shows an example, so that the sentence which
 * stops a start is enough to mend it; `.env.example` is generated from the same table.
 */
type Variable = { schema: z.ZodType; purpose: string; example: string };

const url = z.url({ protocol: /^https?$/, message: "must be an http or https address" });
const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean),
);
// A mistyped network would otherwise come up when the first tracker is called.
const allowList = list.refine((entries) => entries.every(parseAllowed), {
  message: "must be networks (10.20.0.0/16), hosts or host:port, separated by commas",
});
const seconds = z.coerce.number().int().positive();
const count = z.coerce.number().int().positive();

const keyRing = z.string().regex(/^[\w-]+:[A-Za-z0-9+/_-]{43}=?(,[\w-]+:[A-Za-z0-9+/_-]{43}=?)*$/, {
  message: "must be id:base64 of 32 bytes, several separated by commas; the first one seals",
});

export const variables = {
  DATABASE_URL: {
    schema: z.string().regex(/^postgres(ql)?:\/\//, "must be a postgresql:// address"),
    purpose: "PostgreSQL 15 or newer. Unset, `npm start` runs an embedded PostgreSQL in the data folder.",
    example: "postgresql://faultline:secret@db.internal:5432/faultline",
  },
  FAULTLINE_KEYS: {
    schema: keyRing,
    purpose: "Key ring for sealed secrets: id:base64(32 bytes), comma separated; the first one seals. Back it up.",
    example: "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
  },
  NEXTAUTH_SECRET: {
    schema: z.string().min(32, "must have at least 32 characters"),
    purpose: "Signs the session cookies.",
    example: "a-long-random-text-of-at-least-32-characters",
  },
  FAULTLINE_URL: {
    schema: url.transform((text) => text.replace(/\/+$/, "")).optional(),
    purpose:
      "The address that people use; the only source of links, callbacks and Origin checks. Default http://localhost:PORT.",
    example: "https://faultline.example.com",
  },
  PORT: {
    schema: z.coerce.number().int().min(1).max(65535).default(3000),
    purpose: "Port to listen on.",
    example: "3000",
  },
  FAULTLINE_DATA_DIR: {
    schema: z.string().default(".data"),
    purpose: "Folder of the embedded database, generated secrets and files; readable by its owner only.",
    example: "/var/lib/faultline",
  },
  FAULTLINE_ALLOW_PRIVATE_NETWORKS: {
    schema: allowList.default([]),
    purpose:
      "Private addresses that trackers may have: CIDRs, hosts or host:port, comma separated. Everything else private is refused.",
    example: "10.20.0.0/16,gitlab.internal",
  },
  FAULTLINE_SIGNUP: {
    schema: z.enum(["open", "invite"]).optional(),
    purpose:
      "open: anyone may sign up; invite: only by invitation. Default: open until the first sign-up, then invite.",
    example: "invite",
  },
  FAULTLINE_LOG_LEVEL: {
    schema: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
    purpose: "How much is logged.",
    example: "info",
  },
  FAULTLINE_TRUST_PROXY: {
    schema: z
      .enum(["0", "1"])
      .default("0")
      .transform((text) => text === "1"),
    purpose: "1 when a reverse proxy sets X-Forwarded-For; only then is that header believed.",
    example: "1",
  },
  FAULTLINE_SESSION_SECONDS: { schema: seconds.default(7 * 86_400), purpose: "Life of a session.", example: "604800" },
  FAULTLINE_LIMIT_SIGN_IN: {
    schema: count.default(10),
    purpose: "Sign-in attempts per account in 15 minutes.",
    example: "10",
  },
  FAULTLINE_LIMIT_SIGN_IN_ADDRESS: {
    schema: count.default(100),
    purpose: "Sign-ins and sign-ups per address in 15 minutes, where FAULTLINE_TRUST_PROXY tells the addresses.",
    example: "100",
  },
  FAULTLINE_LIMIT_IMPORT: {
    schema: count.default(600),
    purpose: "Imports per token or person in a minute.",
    example: "600",
  },
  FAULTLINE_LIMIT_CREATE: {
    schema: count.default(120),
    purpose: "Issue creations per token or person in a minute.",
    example: "120",
  },
  FAULTLINE_LIMIT_TEST: {
    schema: count.default(20),
    purpose: "Connection tests per person in a minute.",
    example: "20",
  },
  FAULTLINE_WRITE_PAUSE_MS: {
    schema: z.coerce.number().int().min(0).optional(),
    purpose:
      "Milliseconds between two changes made with one credential, where a tracker asks for one after the other. Unset, as long as each tracker asks for; less only for a self-managed one without limits.",
    example: "1000",
  },
  FAULTLINE_IMPORT_MAX_BYTES: {
    schema: count.default(200 * 1024 * 1024),
    purpose: "Largest imported file in bytes.",
    example: "209715200",
  },
  FAULTLINE_LIMIT_UPLOAD: {
    schema: count.default(300),
    purpose: "Uploaded attachments per token or person in a minute.",
    example: "300",
  },
  FAULTLINE_ATTACHMENT_MAX_BYTES: {
    // What a column and one answer hold.
    schema: count.max(2 ** 31 - 1).default(25 * 1024 * 1024),
    purpose: "Largest attachment in bytes.",
    example: "26214400",
  },
  FAULTLINE_ATTACHMENT_DAY_BYTES: {
    schema: count.default(5 * 1024 ** 3),
    purpose: "Bytes of attachments that a project may add in 24 hours.",
    example: "5368709120",
  },
  FAULTLINE_KEEP_JOBS_DAYS: {
    schema: count.default(14),
    purpose: "Days that ended jobs stay on the Jobs page.",
    example: "14",
  },
  FAULTLINE_KEEP_CALLS_DAYS: {
    schema: count.default(30),
    purpose: "Days that outbound calls stay in the integration log.",
    example: "30",
  },
  INNGEST_BASE_URL: {
    schema: url.optional(),
    purpose:
      "A real Inngest server. Unset, with no INNGEST_EVENT_KEY and INNGEST_DEV, the embedded executor runs the jobs.",
    example: "http://inngest.internal:8288",
  },
  INNGEST_DEV: {
    schema: z.string().optional(),
    purpose: "Set by Inngest's dev server users: 1 or its address.",
    example: "1",
  },
  INNGEST_EVENT_KEY: {
    schema: z.string().optional(),
    purpose: "Event key of a real Inngest server or of Inngest Cloud; with it set, that one runs the jobs.",
    example: "your-event-key",
  },
  INNGEST_SIGNING_KEY: {
    schema: z.string().optional(),
    purpose:
      "Signs the calls between Inngest and this server. Generated into the data folder for the embedded executor.",
    example: "signkey-prod-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  },
  INNGEST_SERVE_ORIGIN: {
    schema: url.optional(),
    purpose: "The address under which a real Inngest server reaches this product. Default FAULTLINE_URL.",
    example: "http://faultline.internal:3000",
  },
  FAULTLINE_INNGEST: {
    schema: z.enum(["embedded", "external"]).optional(),
    purpose: "Says which executor runs the jobs, whatever the other variables look like.",
    example: "external",
  },
  NODE_ENV: {
    schema: z.enum(["production", "development", "test"]).default("development"),
    purpose: "Set by the commands.",
    example: "production",
  },
} as const satisfies Record<string, Variable>;

type Parsed = { [K in keyof typeof variables]: z.output<(typeof variables)[K]["schema"]> };
export type Env = Omit<Parsed, "FAULTLINE_URL"> & { FAULTLINE_URL: string };

/** One line per wrong variable: its name, what is wrong, what it is for and an example. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

// `next build` evaluates the route modules; nothing that they hold is used then.
const buildValues = {
  DATABASE_URL: "postgresql://build@127.0.0.1:1/build",
  FAULTLINE_KEYS: `build:${"A".repeat(43)}=`,
  NEXTAUTH_SECRET: "only-present-while-building-never-used",
};

/** Reads and checks a set of variables; an empty value counts as unset. Throws EnvError. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const building = source.NEXT_PHASE === "phase-production-build";
  const given = building ? { ...buildValues, ...source } : source;
  const problems: string[] = [];
  const values: Record<string, unknown> = {};

  for (const [name, { schema, purpose, example }] of Object.entries(variables)) {
    const parsed = schema.safeParse(given[name] || undefined);
    if (parsed.success) values[name] = parsed.data;
    else {
      const what = given[name] ? (parsed.error.issues[0]?.message ?? "is malformed") : "is missing";
      problems.push(`${name} ${what}.\n    ${purpose}\n    Example: ${name}=${example}`);
    }
  }
  if (problems.length > 0) throw new EnvError(`Faultline cannot start:\n  ${problems.join("\n  ")}`);

  values.FAULTLINE_URL ??= `http://localhost:${values.PORT}`;
  return values as Env; // every key of `variables` has just been filled from its own schema
}

let current: Env | undefined;

/** The environment, read once, at first use. */
export function env(): Env {
  current ??= readEnv(process.env);
  return current;
}
