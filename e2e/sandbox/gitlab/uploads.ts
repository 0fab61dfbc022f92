import { randomBytes } from "node:crypto";
import type { Answer } from "../faults";
import { type FrontRequest, json } from "../front";
import { badParameter, forbidden, refuse } from "./answer";
import type { Project, State, User } from "./state";
import { levelOf } from "./work";

const limitBytes = 100 * 1024 * 1024;

/** The file of a multipart body; null when there is none. */
export function filePartOf({ headers, bytes }: Pick<FrontRequest, "headers" | "bytes">) {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/i.exec(headers["content-type"] ?? "")?.[1];
  if (!boundary) return null;
  const start = bytes.indexOf(`--${boundary}\r\n`);
  const head = bytes.indexOf("\r\n\r\n", start);
  const end = bytes.indexOf(`\r\n--${boundary}`, head);
  if (start < 0 || head < 0 || end < 0) return null;
  const described = bytes.subarray(start, head).toString("utf8");
  if (!/name="file"/.test(described)) return null;
  return {
    name: /filename="([^"]*)"/.exec(described)?.[1] ?? "file",
    mediaType: /content-type:\s*(\S+)/i.exec(described)?.[1] ?? "application/octet-stream",
    content: bytes.subarray(head + 4, end),
  };
}

/** POST /projects/:id/uploads */
export function upload(state: State, viewer: User, project: Project, request: FrontRequest): Answer {
  const file = filePartOf(request);
  if (!file) return badParameter("file is missing");
  if (project.archived || levelOf(project, viewer) < 10) return forbidden();
  if (file.content.length > limitBytes) return refuse(413, "413 Request Entity Too Large");
  // GitLab's own way with names.
  const name = file.name.replace(/[^\p{L}\p{N}._-]/gu, "_");
  const secret = randomBytes(16).toString("hex");
  const { mediaType, content } = file;
  state.uploads.push({ projectId: project.id, secret, name, mediaType, base64: content.toString("base64") });
  const url = `/uploads/${secret}/${encodeURI(name)}`;
  const isShown = /^(image|video|audio)\//.test(mediaType);
  const alt = isShown ? name.replace(/\.\w+$/, "") : name;
  return json(
    {
      ...{ id: state.uploads.length, alt, url, full_path: `/-/project/${project.id}${url}` },
      markdown: `${isShown ? "!" : ""}[${alt}](${url})`,
    },
    201,
  );
}

/** What was uploaded, for whoever has its address. */
export function uploadedAnswer(state: State, path: string): Answer | null {
  const [, projectId, secret] = /^\/-\/project\/(\d+)\/uploads\/([0-9a-f]{32})\//.exec(path) ?? [];
  const found = state.uploads.find((one) => one.secret === secret && one.projectId === Number(projectId));
  if (!found) return null;
  return {
    status: 200,
    headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" },
    body: Buffer.from(found.base64, "base64").toString("utf8"),
  };
}
