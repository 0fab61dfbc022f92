import type { Ask } from "./api";
import { guidOf, projectOf, type State, type User } from "./state";
import { wireIdentity } from "./wire-item";

const wireUser = ({ id, descriptor, name, account, isActive }: User) => ({
  ...{ id, isActive, subjectDescriptor: descriptor, providerDisplayName: name, isContainer: false },
  descriptor: { identityType: "Microsoft.IdentityModel.Claims.ClaimsIdentity", identifier: account },
  properties: {
    SchemaClassName: { $type: "System.String", $value: "User" },
    Mail: { $type: "System.String", $value: account },
    Account: { $type: "System.String", $value: account },
  },
  memberIds: [],
});

/** Legacy identities: by ids, by the beginning of a name, or a project's group of all who can see it. */
export function findPeople({ state, query }: Ask): unknown[] {
  const ids = query.get("identityIds")?.split(",");
  // Who is not known is null in the place of somebody.
  if (ids)
    return ids
      .map((id) => state.users.find((user) => user.id === id))
      .map((user) => (user ? wireUser(user) : null))
      .filter(Boolean);
  const filter = query.get("searchFilter");
  const wanted = (query.get("filterValue") ?? "").toLowerCase();
  if (filter === "LocalGroupName") return groupsNamed(state, wanted, query.get("queryMembership") === "expanded");
  const startsSo = ({ name, account }: User) => [name, account].some((text) => text.toLowerCase().startsWith(wanted));
  return state.users.filter(startsSo).map(wireUser);
}

function groupsNamed(state: State, wanted: string, isExpanded: boolean): unknown[] {
  const name = /^\[(.+)\]\\project valid users$/.exec(wanted)?.[1];
  const project = name === undefined ? undefined : projectOf(state, name);
  if (!project) return [];
  return [
    {
      id: guidOf(`group ${project.id}`),
      isActive: true,
      isContainer: true,
      providerDisplayName: `[${project.name}]\\Project Valid Users`,
      properties: {},
      memberIds: isExpanded ? [...state.users].reverse().map(({ id }) => id) : [],
    },
  ];
}

export const teamMembers = (ask: Ask) =>
  ask.state.users.map(({ account }) => ({ identity: wireIdentity(ask, account), isTeamAdmin: false }));
