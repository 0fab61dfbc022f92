import { OutboundError } from "@/lib/http/outcome";
import type { OpenTracker } from "@/lib/trackers/tracker";
import type { Client } from "./client";
import { numberOf } from "./projects";
import { wireUpload } from "./wire";

/** Files belong to a project, and a text shows them. */
export function files({ call, baseUrl }: Client) {
  return {
    async uploadFile(project, { name, mediaType, blob }) {
      const content = new Blob([blob], { type: mediaType });
      const { data } = await call(wireUpload, (api) =>
        api.uploads.create(numberOf(project), { content, filename: name }),
      ).catch((error: unknown) => {
        // The same status refuses a text; here it is the file.
        if (!(error instanceof OutboundError) || error.status !== 413) throw error;
        throw new OutboundError("tracker_refused", "The file is larger than GitLab allows.", {
          outcome: "refused",
          status: 413,
          cause: error,
        });
      });
      if (!/^\/uploads\/[\w-]{1,100}\/[^\s<>()[\]\\]{1,500}$/.test(data.url)) throw strange();
      return {
        remoteId: data.id ?? data.url,
        name,
        url: addressOf(baseUrl, data.full_path ?? `/-/project/${project.remoteId}${data.url}`),
        // As GitLab's own Markdown for it, which is not taken as it comes: it goes into a text of ours.
        inText: `${/^(image|video|audio)\//.test(mediaType) ? "!" : ""}[${escaped(name)}](${data.url})`,
      };
    },
  } satisfies Partial<OpenTracker>;
}

/** On this very site, below its own path. */
function addressOf(baseUrl: string, path: string): string {
  const { origin, pathname } = new URL(baseUrl);
  const root = pathname.replace(/\/$/, "");
  const full = path.startsWith(`${root}/`) ? path : root + path;
  const url = URL.canParse(full, origin) ? new URL(full, origin) : null;
  if (!path.startsWith("/") || url?.origin !== origin) throw strange();
  return url.href;
}

const strange = () =>
  new OutboundError("tracker_unreadable", "GitLab names no address for the file.", { outcome: "unknown" });

/** A name that ends no link and begins nothing else. */
const escaped = (name: string) => name.replace(/\s+/g, " ").replace(/[\\`*_{}[\]()<>#!|~&@$%:]/g, "\\$&");
