import { z } from "zod";
import type { Credential } from "@/lib/trackers/tracker";

const sealed = z.object({ type: z.string(), values: z.record(z.string(), z.string()) });

/**
 * A credential as the text that is sealed. Its type goes with it: an integration may change the way it signs in while
 * somebody is about to use the credential.
 */
export const packCredential = ({ type, values }: Credential): string => JSON.stringify({ type, values });

/** The credential in an opened text; one that was stored before there were several fields is a token alone. */
export function unpackCredential(type: string, opened: string): Credential {
  if (!opened.startsWith("{")) return { type, values: { token: opened } };
  return sealed.parse(JSON.parse(opened));
}

/**
 * What must get into no message: each value that is not said to be shown, and each pair as Basic authentication writes it.
 * What is shown is none: a host may be called as the account is.
 */
export function secretsOf({ values }: Pick<Credential, "values">, shown: readonly string[] = []): string[] {
  const all = Object.entries(values).filter(([, value]) => value !== "");
  const secrets = all.flatMap(([name, value]) => (shown.includes(name) ? [] : [value]));
  const users = ["", ...all.map(([, value]) => value)];
  return [...secrets, ...users.flatMap((user) => secrets.map((secret) => base64(`${user}:${secret}`)))];
}

/** `btoa` throws for a name with an accent. */
const base64 = (text: string) => Buffer.from(text).toString("base64");
