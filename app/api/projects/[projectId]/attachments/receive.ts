import { type Upload, uploadAttachment } from "@/lib/attachments/upload";
import type { Member } from "@/lib/auth/member";
import type { Once } from "@/lib/boundary";
import { sha256 } from "@/lib/crypto/sha256";
import { env } from "@/lib/env";
import { countAttempt } from "@/lib/limits";
import { Hashed } from "@/lib/upload/hashed";
import { openBody, whole } from "@/lib/upload/open-body";

/** What the routes that take a file have in common: the limit of the sender, and the body as it arrives. */
export async function receiveFile(
  request: Request,
  member: Member,
  once: Once,
  { name, owner }: Pick<Upload, "name" | "owner">,
) {
  await countAttempt(`upload:${member.tokenId ?? member.userId}`, env().FAULTLINE_LIMIT_UPLOAD, 60);
  const { bytes, expectedBytes } = openBody(request);
  const body = new Hashed(whole(bytes));
  const digest = async () =>
    sha256(JSON.stringify([await body.digest(env().FAULTLINE_ATTACHMENT_MAX_BYTES), name, owner]));
  return once(member, { digest }, () => uploadAttachment(member, { name, owner, body, expectedBytes }));
}
