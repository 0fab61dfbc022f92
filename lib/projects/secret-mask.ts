import type { Member } from "@/lib/auth/member";
import { maskText } from "@/lib/richtext/secrets/mask";
import { ownMatchers } from "@/lib/richtext/secrets/own-pattern";
import { listSecretPatterns } from "./secret-patterns";

/**
 * Takes the secrets out of what people write before the audit log keeps it: the log outlives what it tells of, more
 * people read it, and much is pasted from failures.
 */
export async function secretMask(place: Pick<Member, "workspaceId" | "projectId">): Promise<(text: string) => string> {
  const own = ownMatchers(await listSecretPatterns(place));
  return (text) => maskText(text, own);
}
