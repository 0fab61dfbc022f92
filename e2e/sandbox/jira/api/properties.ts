import { json } from "../../front";
import { type Call, issueOf, type Routes, selfUrl } from "../call";
import { Refusal } from "../refusal";

const longestValue = 32_768;
const issueIn = (call: Call) => issueOf(call, call.params.issue ?? "");
const keyIn = (call: Call) => call.params.key ?? "";
const missing = (call: Call) => new Refusal(404, [`The property with key '${keyIn(call)}' does not exist.`]);

export const propertyRoutes: Routes = {
  "GET /issue/:issue/properties": (call) => {
    const issue = issueIn(call);
    const self = (key: string) => selfUrl(call, `/issue/${issue.id}/properties/${encodeURIComponent(key)}`);
    return json({ keys: Object.keys(issue.properties).map((key) => ({ self: self(key), key })) });
  },
  "GET /issue/:issue/properties/:key": (call) => {
    const { properties } = issueIn(call);
    const key = keyIn(call);
    if (!Object.hasOwn(properties, key)) throw missing(call);
    return json({ key, value: properties[key] });
  },
  "PUT /issue/:issue/properties/:key": (call) => {
    const issue = issueOf(call, call.params.issue ?? "", "EDIT_ISSUES");
    const key = keyIn(call);
    if (key.length > 255) throw new Refusal(400, ["The property key must not be longer than 255 characters."]);
    if (!call.request.text || call.request.text.length > longestValue) {
      throw new Refusal(400, ["The property value must be valid JSON of at most 32,768 characters."]);
    }
    const isNew = !Object.hasOwn(issue.properties, key);
    issue.properties[key] = call.body;
    return json(null, isNew ? 201 : 200);
  },
  "DELETE /issue/:issue/properties/:key": (call) => {
    const issue = issueOf(call, call.params.issue ?? "", "EDIT_ISSUES");
    if (!Object.hasOwn(issue.properties, keyIn(call))) throw missing(call);
    delete issue.properties[keyIn(call)];
    return json(null, 204);
  },
};
