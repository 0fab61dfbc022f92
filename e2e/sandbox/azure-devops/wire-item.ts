import { allFields } from "./metadata";
import { guidOf, type Item, projectOf, userOf } from "./state";
import type { Work } from "./work-items";

/** An identity as fields hold it. */
export function wireIdentity({ state, url }: Pick<Work, "state" | "url">, account: string) {
  const user = userOf(state, account);
  return {
    displayName: user?.name ?? account,
    url: `${url}/_apis/Identities/${user?.id ?? ""}`,
    id: user?.id ?? guidOf(account),
    uniqueName: user?.account ?? account,
    imageUrl: `${url}/_apis/GraphProfile/MemberAvatars/${user?.descriptor ?? ""}`,
    descriptor: user?.descriptor ?? "",
    ...(user && !user.isActive && { inactive: true }),
  };
}

/** An item as the API shows it; `isNewest`: in a version that tells of Markdown. */
export function wireItem(
  work: Pick<Work, "state" | "url">,
  item: Item,
  { withRelations = false, isNewest = false, wanted = null as readonly string[] | null } = {},
) {
  const { state, url } = work;
  const project = projectOf(state, item.project);
  const identities = new Set(allFields(state).flatMap(({ ref, isIdentity }) => (isIdentity ? ref : [])));
  const comments = state.comments.filter(({ itemId, isDeleted }) => itemId === item.id && !isDeleted).length;
  const fields = {
    "System.AreaPath": item.fields["System.AreaPath"],
    "System.TeamProject": item.project,
    "System.WorkItemType": item.type,
    "System.CommentCount": comments,
    ...Object.fromEntries(
      Object.entries(item.fields).map(([ref, value]) => [
        ref,
        identities.has(ref) ? wireIdentity(work, String(value)) : value,
      ]),
    ),
  };
  const shown = Object.entries(fields).filter(([ref]) => wanted === null || wanted.includes(ref));
  return {
    id: item.id,
    rev: item.rev,
    fields: Object.fromEntries(shown),
    ...(isNewest && Object.keys(item.formats).length > 0 && { multilineFieldsFormat: item.formats }),
    ...(withRelations && item.relations.length > 0 && { relations: item.relations }),
    _links: {
      self: { href: `${url}/${project?.id}/_apis/wit/workItems/${item.id}` },
      html: { href: `${url}/${project?.id}/_workitems/edit/${item.id}` },
    },
    url: `${url}/${project?.id}/_apis/wit/workItems/${item.id}`,
  };
}
