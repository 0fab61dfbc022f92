import { type Call, selfUrl, timeFor, userJson } from "../call";
import type { StoredFile } from "../model";

export function fileJson(call: Call, file: StoredFile) {
  return {
    self: selfUrl(call, `/attachment/${file.id}`),
    id: file.id,
    filename: file.name,
    author: userJson(call, file.authorId) ?? undefined,
    created: timeFor(call, file.createdMs),
    size: file.bytes.byteLength,
    mimeType: file.mediaType,
    content: call.face.isCloud
      ? selfUrl(call, `/attachment/content/${file.id}`)
      : `${call.baseUrl}/secure/attachment/${file.id}/${encodeURIComponent(file.name)}`,
  };
}
