// GitHub's GraphQL, for what REST lacks: boards (Projects v2) and people by what is typed.
// https://docs.github.com/graphql/reference

/** A document; `isRead` where it asks only, so that no job is needed. */
export type Document = { text: string; isRead: boolean };

const page = "pageInfo { hasNextPage endCursor }";
const query = (text: string): Document => ({ text, isRead: true });
const mutation = (text: string): Document => ({ text, isRead: false });

export const assignableUsers = query(
  `query AssignableUsers($owner: String!, $name: String!, $query: String, $after: String) { repository(owner: $owner, name: $name) { assignableUsers(first: 100, query: $query, after: $after) { ${page} nodes { databaseId login name } } } }`,
);

const projects = `projectsV2(first: 50, after: $after, query: $query) { ${page} nodes { id number title closed url } }`;
export const orgBoards = query(
  `query OrgProjects($login: String!, $query: String, $after: String) { organization(login: $login) { id ${projects} } }`,
);
export const userBoards = query(
  `query UserProjects($login: String!, $query: String, $after: String) { user(login: $login) { id ${projects} } }`,
);

export const boardFields = query(
  `query ProjectFields($id: ID!, $after: String) { node(id: $id) { __typename ... on ProjectV2 { url fields(first: 50, after: $after) { ${page} nodes { __typename ... on ProjectV2SingleSelectField { id name options { id name } } } } } } }`,
);

export const itemsOfIssue = query(
  "query IssueProjectItems($id: ID!) { node(id: $id) { __typename ... on Issue { projectItems(first: 100, includeArchived: true) { nodes { id project { id } fieldValues(first: 50) { nodes { __typename ... on ProjectV2ItemFieldSingleSelectValue { optionId field { __typename ... on ProjectV2SingleSelectField { id } } } } } } } } } }",
);

export const addItem = mutation(
  "mutation AddItem($project: ID!, $content: ID!) { addProjectV2ItemById(input: {projectId: $project, contentId: $content}) { item { id } } }",
);

export const setField = mutation(
  "mutation SetField($project: ID!, $item: ID!, $field: ID!, $option: String!) { updateProjectV2ItemFieldValue(input: {projectId: $project, itemId: $item, fieldId: $field, value: {singleSelectOptionId: $option}}) { projectV2Item { id } } }",
);

export const createField = mutation(
  "mutation CreateField($project: ID!, $name: String!, $options: [ProjectV2SingleSelectFieldOptionInput!]) { createProjectV2Field(input: {projectId: $project, dataType: SINGLE_SELECT, name: $name, singleSelectOptions: $options}) { projectV2Field { __typename ... on ProjectV2SingleSelectField { id name options { id name } } } } }",
);
