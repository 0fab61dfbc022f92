import { json } from "../../front";
import { issueOf, type Routes, selfUrl } from "../call";
import { createIssue } from "../issues/create";
import { issueJson, wantedBy } from "../issues/json";

export const issueRoutes: Routes = {
  "POST /issue": (call) => {
    const { id, key } = createIssue(call, call.body);
    return json({ id, key, self: selfUrl(call, `/issue/${id}`) }, 201);
  },
  "GET /issue/:issue": (call) => json(issueJson(call, issueOf(call, call.params.issue ?? ""), wantedBy(call.query))),
};
