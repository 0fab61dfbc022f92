import { z } from "zod";
import { json } from "../../front";
import { type Call, issueOf, newId, type Routes, selfUrl } from "../call";
import { readBody } from "../issues/create";
import type { Issue, RemoteLink } from "../model";
import { Refusal } from "../refusal";

const linkInput = z.object({
  globalId: z.string().max(255).nullish(),
  application: z.unknown().optional(),
  relationship: z.string().nullish(),
  object: z.looseObject({ url: z.string(), title: z.string() }),
});

const linkJson = (call: Call, issue: Issue, link: RemoteLink) => ({
  id: link.id,
  self: selfUrl(call, `/issue/${issue.id}/remotelink/${link.id}`),
  ...(link.globalId && { globalId: link.globalId }),
  application: link.application ?? {},
  ...(link.relationship && { relationship: link.relationship }),
  object: link.object,
});

/** What is not sent becomes empty, also of a link that is there already. */
function stored(id: number, body: unknown): RemoteLink {
  const { globalId, application, relationship, object } = readBody(linkInput, body);
  const { url, title } = object;
  const errors = { ...(!url && { url: "'url' is required." }), ...(!title && { title: "'title' is required." }) };
  if (!url || !title) throw new Refusal(400, [], errors);
  return { id, globalId: globalId ?? null, application, relationship: relationship ?? null, object };
}

export const linkRoutes: Routes = {
  "GET /issue/:issue/remotelink": (call) => {
    const issue = issueOf(call, call.params.issue ?? "");
    const globalId = call.query.get("globalId");
    if (globalId === null) return json(issue.links.map((link) => linkJson(call, issue, link)));
    const link = issue.links.find((one) => one.globalId === globalId);
    if (!link) throw new Refusal(404, [`Remote issue link with global id '${globalId}' does not exist.`]);
    return json(linkJson(call, issue, link));
  },
  "POST /issue/:issue/remotelink": (call) => {
    const issue = issueOf(call, call.params.issue ?? "", "LINK_ISSUES");
    const sent = stored(0, call.body);
    const known = sent.globalId ? issue.links.find(({ globalId }) => globalId === sent.globalId) : undefined;
    const link = { ...sent, id: known?.id ?? Number(newId(call)) };
    issue.links = known ? issue.links.map((one) => (one === known ? link : one)) : [...issue.links, link];
    // Only Cloud's description tells a new one by its status.
    const status = known || !call.face.isCloud ? 200 : 201;
    return json({ id: link.id, self: selfUrl(call, `/issue/${issue.id}/remotelink/${link.id}`) }, status);
  },
  "PUT /issue/:issue/remotelink/:id": (call) => {
    const issue = issueOf(call, call.params.issue ?? "", "LINK_ISSUES");
    const id = Number(call.params.id);
    if (!issue.links.some((link) => link.id === id)) throw new Refusal(404, ["The remote link does not exist."]);
    const link = stored(id, call.body);
    issue.links = issue.links.map((one) => (one.id === id ? link : one));
    return json(null, 204);
  },
  "DELETE /issue/:issue/remotelink": (call) => {
    const issue = issueOf(call, call.params.issue ?? "", "LINK_ISSUES");
    const globalId = call.query.get("globalId");
    if (!globalId) throw new Refusal(400, ["The 'globalId' query parameter is required."]);
    if (!issue.links.some((link) => link.globalId === globalId)) throw new Refusal(404, ["There is no such link."]);
    issue.links = issue.links.filter((link) => link.globalId !== globalId);
    return json(null, 204);
  },
};
