import { listSecretPatterns } from "@/lib/projects/secret-patterns";
import { maskText } from "@/lib/richtext/secrets/mask";
import { ownMatchers } from "@/lib/richtext/secrets/own-pattern";
import type { Creation } from "./creation/read";

type Of = Pick<Creation, "workspaceId" | "projectId" | "revealed">;

/** Takes secrets out of what goes to the tracker beside the issue's own text, but for those that its author reveals. */
export async function outgoingMask({ workspaceId, projectId, revealed }: Of): Promise<(text: string) => string> {
  const own = ownMatchers(await listSecretPatterns({ workspaceId, projectId }));
  return (text) => maskText(text, own, revealed);
}
