import { z } from "zod";
import type { Credential } from "@/lib/trackers/tracker";

const values = z.record(z.string(), z.string());

/** A credential as the text that is sealed. */
export const packCredential = (credential: Pick<Credential, "values">): string => JSON.stringify(credential.values);

/** The credential in an opened text; one that was stored before there were several fields is a token alone. */
export function unpackCredential(type: string, opened: string): Credential {
  if (!opened.startsWith("{")) return { type, values: { token: opened } };
  return { type, values: values.parse(JSON.parse(opened)) };
}

/** What must get into no message: each value, and each pair as Basic authentication writes it. */
export function secretsOf({ values }: Pick<Credential, "values">): string[] {
  const all = Object.values(values).filter(Boolean);
  const pairs = ["", ...all].flatMap((user) => all.map((secret) => btoa(`${user}:${secret}`)));
  return [...all, ...pairs];
}
