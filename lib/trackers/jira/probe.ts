import type { z } from "zod";
import type { Probe } from "@/lib/trackers/tracker";
import { read } from "./client";
import type { Context } from "./edition";
import { scopes, toProbe, toUser } from "./map";
import { type wireServerInfo as Info, wireMe, wirePermissions, wireServerInfo } from "./wire";

/** Who the credential is, what it may do, and what it reached. */
export async function probe(
  { site, edition, client }: Context,
  versionOf: (info: ServerInfo) => string | null,
): Promise<Probe> {
  const jira = await client();
  const { data: me, headers } = await read(wireMe, jira.myself.getCurrentUser());
  const keys = scopes.map(({ name }) => name);
  const [granted, info] = await Promise.all([
    read(wirePermissions, edition.permissionsOf(jira, { keys })),
    read(wireServerInfo, jira.serverInfo.getServerInfo()),
  ]);
  const user = toUser(me, edition);
  const account = user && { ...user, displayName: user.name, url: edition.userUrl(site.baseUrl, user) };
  const { permissions: found } = granted.data;
  return toProbe({ account, permissions: found, version: versionOf(info.data), headers }, Date.now());
}

export type ServerInfo = z.output<typeof Info>;
