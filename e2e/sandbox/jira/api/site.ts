import { json } from "../../front";
import { type Call, issueOf, projectOf, type Routes, timeFor } from "../call";
import { globalPermissions, isAdmin, may, type Permission, projectPermissions } from "../permissions";
import { Refusal } from "../refusal";

export const siteRoutes: Routes = {
  "GET /myself": (call) => {
    if (!call.account) throw new Refusal(401, ["Client must be authenticated to access this resource."]);
    return json({ ...call.face.user(call.account, call.baseUrl, call.account), locale: "en_US" });
  },
  "GET /serverInfo": (call) =>
    json({
      baseUrl: call.baseUrl,
      version: call.face.version,
      versionNumbers: (call.face.version.match(/\d+/g) ?? []).slice(0, 3).map(Number),
      deploymentType: call.face.deploymentType,
      buildNumber: call.face.isCloud ? 100_290 : 10_030_024,
      buildDate: "2026-10-01T00:00:00.000+0000",
      serverTime: timeFor(call, Date.now()),
      scmInfo: "0000000000000000000000000000000000000000",
      serverTitle: call.face.isCloud ? "Jira" : "Jira Data Center",
    }),
  "GET /mypermissions": (call) => json({ permissions: permissions(call) }),
};

function permissions(call: Call) {
  const { query, account, face } = call;
  const named = query.getAll("permissions").flatMap((text) => text.split(","));
  if (face.isCloud && named.length === 0) {
    throw new Refusal(400, ["The 'permissions' query parameter is required."]);
  }
  const issue = query.get("issueKey") ?? query.get("issueId");
  const project = query.get("projectKey") ?? query.get("projectId");
  const where = issue ? projectOf(call, issueOf(call, issue).projectId) : project ? projectOf(call, project) : null;
  const all = { ...projectPermissions, ...globalPermissions };
  const unknown = named.filter((key) => !(key in all));
  if (unknown.length > 0) throw new Refusal(400, [`Unrecognized permission: ${unknown.join(", ")}`]);
  const places = where ? [where] : call.state.projects;
  return Object.fromEntries(
    Object.entries(all)
      .filter(([key]) => !face.isCloud || named.includes(key))
      .map(([key, name], i) => {
        const isGlobal = key in globalPermissions;
        const has = isGlobal
          ? key === "USER_PICKER"
            ? account !== null
            : isAdmin(account)
          : // Without a project: whether it is so in any.
            places.some((one) => may(account, one, key as Permission)); // not global, hence of a project
        const type = isGlobal ? "GLOBAL" : "PROJECT";
        return [key, { id: String(i + 1), key, name, type, description: "", havePermission: has }];
      }),
  );
}
