import { OutboundError } from "@/lib/http/outcome";
import { offsetOf } from "@/lib/trackers/offset";
import type { FieldOption, OpenTracker, Page, ProjectRef, RemoteUser } from "@/lib/trackers/tracker";
import type { Client } from "./client";
import { toPerson } from "./map";
import { wireMembers, wirePeople, wireTeams } from "./wire";

// As many ids as an address carries.
const pageSize = 100;
const mostTeams = 50;
const membersAtOnce = 500;
// Of all teams together: one page of each, and 20,000 people more. A server that somebody entered may go on for ever.
const mostMemberPages = mostTeams + 40;

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Who there is. */
export function people(client: Client) {
  const byIds = async (ids: readonly string[]): Promise<RemoteUser[]> => {
    if (ids.length === 0) return [];
    const { data } = await client.people({ identityIds: ids.join(",") }, wirePeople);
    return data.value.flatMap((person) => (person && !person.isContainer ? toPerson(person) : []));
  };

  /** By the beginning of a name, an account or an address. */
  const search = async (query: string): Promise<RemoteUser[]> => {
    const { data } = await client.people({ searchFilter: "General", filterValue: query }, wirePeople);
    return data.value.flatMap((person) => (person && !person.isContainer ? toPerson(person) : []));
  };

  /** All who can see a project are in one group, through whatever other groups; it has them in no order. */
  async function idsIn(project: ProjectRef): Promise<string[]> {
    const group = `[${project.key}]\\Project Valid Users`;
    const query = { searchFilter: "LocalGroupName", filterValue: group, queryMembership: "expanded" };
    const { data } = await client.people(query, wirePeople);
    const members = data.value.find((one) => one?.isContainer)?.memberIds ?? [];
    const ids = members.length > 0 ? members : await idsInTeams(project);
    return [...new Set(ids)].filter((id) => guid.test(id)).sort();
  }

  /** Where the group goes by another name: a Server's installation speaks its own language. */
  async function idsInTeams({ remoteId: projectId }: ProjectRef): Promise<string[]> {
    const { data } = await client.call("teams", wireTeams, { route: { projectId }, query: { $top: mostTeams } });
    const ids: string[] = [];
    let pages = 0;
    for (const { id: teamId } of data.value.slice(0, mostTeams)) {
      for (let skip = 0; ; skip += membersAtOnce) {
        if (++pages > mostMemberPages) throw tooMany();
        const query = { $top: membersAtOnce, $skip: skip };
        const { data: page } = await client.call("teamMembers", wireMembers, { route: { projectId, teamId }, query });
        ids.push(...page.value.map(({ identity }) => identity.id));
        if (page.value.length < membersAtOnce) break;
      }
    }
    return ids;
  }

  async function listUsers({
    project,
    query = "",
    cursor,
  }: Parameters<NonNullable<OpenTracker["listUsers"]>>[0]): Promise<Page<RemoteUser>> {
    if (query.trim()) return { items: await search(query.trim()), next: null };
    const ids = await idsIn(project);
    const from = offsetOf(cursor);
    const items = await byIds(ids.slice(from, from + pageSize));
    return { items, next: from + pageSize < ids.length ? String(from + pageSize) : null };
  }

  return {
    listUsers,

    /** Choices of a field that holds somebody. What is sent is the account: fields take no id. */
    async options(project: ProjectRef, query: string): Promise<FieldOption[]> {
      const found = (await listUsers({ project, query })).items;
      return found
        .filter(({ isActive }) => isActive !== false)
        .map(({ remoteId, name, login, email }) => ({ id: login ?? remoteId, name, detail: email ?? login ?? null }));
    },

    /** The account of somebody who is known by id. */
    async accountOf(id: string): Promise<string> {
      if (!guid.test(id)) return id;
      const [person] = await byIds([id]);
      return person?.login ?? person?.name ?? id;
    },
  };
}

const tooMany = () =>
  new OutboundError("tracker_unreadable", "There are too many people in this project to look through.", {
    outcome: "unknown",
  });
