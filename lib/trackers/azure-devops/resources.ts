/**
 * What is called, by the id that Azure DevOps gives each resource: a server tells the route and the versions that it
 * knows for an id, so that one adapter serves Services and every Server. `route` is for the log alone.
 */
export type Resource = {
  readonly area: string;
  readonly id: string;
  /** The newest that we speak; an older server is asked for what it has. */
  readonly version: string;
  readonly route: string;
};

const wit = (id: string, version: string, route: string): Resource => ({ area: "wit", id, version, route });
const core = (id: string, route: string): Resource => ({ area: "core", id, version: "7.1", route });

export const resources = {
  projects: core("603fe2ac-9723-48b9-88ad-09305aa6c6e1", "/_apis/projects/{projectId}"),
  teams: core("d30a3dd1-f8ba-442a-b86a-bd0c0c383e59", "/_apis/projects/{projectId}/teams"),
  teamMembers: core("294c494c-2600-4d7e-b76c-3dd50c3c95be", "/_apis/projects/{projectId}/teams/{teamId}/members"),

  types: wit("7c8d7a76-4a09-43e8-b5df-bd792f4ac6aa", "7.1", "/{project}/_apis/wit/workitemtypes/{type}"),
  typeFields: wit("bd293ce5-3d25-4192-8e67-e8092e879efb", "7.1", "/{project}/_apis/wit/workitemtypes/{type}/fields"),
  typeStates: wit("7c9d7a76-4a09-43e8-b5df-bd792f4ac6aa", "7.1", "/{project}/_apis/wit/workitemtypes/{type}/states"),
  categories: wit("9b9f5734-36c8-415e-ba67-f83b45c31408", "7.1", "/{project}/_apis/wit/workitemtypecategories"),
  fields: wit("b51fd764-e5c2-4b9b-aaf7-3395cf4bdd94", "7.1", "/{project}/_apis/wit/fields"),
  tags: wit("bc15bc60-e7a8-43cb-ab01-2106be3983a1", "7.1", "/{project}/_apis/wit/tags"),
  nodes: wit("a70579d1-f53a-48ee-a5be-7be8659023b9", "7.1", "/{project}/_apis/wit/classificationnodes"),
  relationTypes: wit("f5d33bc9-5b49-4a3c-a9bd-f3cd46dd2165", "7.1", "/_apis/wit/workitemrelationtypes"),
  // Only 7.2 tells which texts are Markdown.
  create: wit("62d3d110-0047-428c-ad3c-4fe872c91c74", "7.2-preview.3", "/{project}/_apis/wit/workitems/{type}"),
  items: wit("72c7ddf8-2cdc-4f60-90cd-ab71c14a399b", "7.2-preview.3", "/{project}/_apis/wit/workitems/{id}"),
  wiql: wit("1a9c53f7-f243-4447-b110-35ef023636e4", "7.1", "/{project}/_apis/wit/wiql"),
  attachments: wit("e07b5fa4-1499-494d-a496-64b860fd64ff", "7.1", "/{project}/_apis/wit/attachments"),
  comments: wit(
    "608aac0a-32e1-4493-a863-b9cf4566d257",
    "7.1-preview.4",
    "/{project}/_apis/wit/workItems/{workItemId}/comments/{commentId}",
  ),

  subscriptions: {
    area: "hooks",
    id: "fc50d02a-849f-41fb-8af1-0a5216103269",
    version: "7.1",
    route: "/_apis/hooks/subscriptions/{subscriptionId}",
  },
} as const satisfies Record<string, Resource>;
