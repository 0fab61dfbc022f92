import type { Answer } from "../../faults";
import { json } from "../../front";
import { type Call, issueOf, newId, projectById, type Routes } from "../call";
import { fileJson } from "../files/json";
import type { StoredFile } from "../model";
import { may } from "../permissions";
import { Refusal } from "../refusal";

const mostFiles = 60;

/** A form sent from anywhere carries cookies; this header cannot be sent by a form. */
function mustBeNoForm(call: Call): void {
  const token = call.request.headers["x-atlassian-token"];
  if (token !== "no-check" && token !== "nocheck") throw new Refusal(403, ["XSRF check failed"]);
}

async function filesIn(call: Call): Promise<File[]> {
  const type = call.request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) throw new Refusal(415, ["multipart/form-data is expected."]);
  const form = await new Response(new Uint8Array(call.request.bytes), { headers: { "content-type": type } }).formData();
  return form.getAll("file").filter((part): part is File => typeof part !== "string");
}

async function attach(call: Call): Promise<Answer> {
  const issue = issueOf(call, call.params.issue ?? "", "CREATE_ATTACHMENTS");
  mustBeNoForm(call);
  const sent = await filesIn(call);
  if (sent.length === 0) throw new Refusal(400, ["No file was sent in the part named 'file'."]);
  if (sent.length > mostFiles || sent.some(({ size }) => size > call.uploadLimitBytes)) {
    const message = `The attachment is too large. The largest size is ${call.uploadLimitBytes} bytes.`;
    // The description of Data Center says 404 for it.
    throw new Refusal(call.face.isCloud ? 413 : 404, [message]);
  }
  const stored: StoredFile[] = [];
  for (const file of sent) {
    stored.push({
      id: newId(call),
      name: file.name,
      mediaType: file.type || "application/octet-stream",
      authorId: call.account?.accountId ?? "",
      createdMs: Date.now(),
      bytes: new Uint8Array(await file.arrayBuffer()),
    });
  }
  issue.files.push(...stored);
  issue.updatedMs = Math.max(Date.now(), issue.updatedMs + 1);
  return json(stored.map((file) => fileJson(call, file)));
}

function found(call: Call): StoredFile {
  for (const issue of call.state.issues) {
    const file = issue.files.find(({ id }) => id === call.params.id);
    if (file && may(call.account, projectById(call, issue.projectId), "BROWSE_PROJECTS")) return file;
  }
  throw new Refusal(404, [`The attachment with id '${call.params.id}' does not exist`]);
}

/** As text: what the front answers is text. */
export const contentOf = (file: StoredFile): Answer => ({
  status: 200,
  headers: {
    "content-type": file.mediaType,
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  },
  body: new TextDecoder().decode(file.bytes),
});

export const fileRoutes: Routes = {
  "POST /issue/:issue/attachments": attach,
  "GET /attachment/meta": (call) => json({ enabled: true, uploadLimit: call.uploadLimitBytes }),
  "GET /attachment/:id": (call) => {
    const { id, ...file } = fileJson(call, found(call));
    return json({ ...file, id: Number(id) });
  },
};

export const cloudFiles: Routes = {
  ...fileRoutes,
  "GET /attachment/content/:id": (call) => contentOf(found(call)),
};

/** Below the context path: what `content` of an attachment names. */
export const dcContent: Routes = {
  "GET /secure/attachment/:id/:name": (call) => contentOf(found(call)),
};
