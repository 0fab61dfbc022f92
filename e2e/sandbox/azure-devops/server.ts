import { z } from "zod";
import { startFront } from "../front";
import { Validator } from "../validate";
import { answerApi } from "./api";
import { refusalSchema } from "./failure";
import { RateLimit } from "./limit";
import { sitePage } from "./page";
import { accountsOf, collection, drawTokens, organisation, type Size, seed, type Tokens } from "./seed";
import { projectOf, type State } from "./state";

export type AzureSandboxOptions = Size & {
  /** Taken when it is free; another one otherwise. */
  preferredPort?: number | undefined;
  tokens?: Tokens;
  /** The official descriptions; without them nothing is checked. */
  specFiles?: readonly string[] | null;
};

/** The descriptions that the sandbox answers by. */
export const specNames = [
  "azure-devops-wit-7.2.json",
  "azure-devops-core-7.1.json",
  "azure-devops-hooks-7.1.json",
  "azure-devops-identities-7.1.json",
];

const expireInput = z.object({ token: z.enum(["write", "readOnly", "noScope", "noTags"]) });
const oddFieldInput = z.object({ project: z.string(), type: z.string() });
const oddInput = z.object({ id: z.number(), state: z.string() });

/** An Azure DevOps of one's own: an organisation of Services, and the same as a collection of an old Server. */
export async function startAzureDevops(options: AzureSandboxOptions = {}) {
  const tokens = options.tokens ?? drawTokens();
  let state: State = seed(options);
  let accounts = accountsOf(tokens);
  const checker = options.specFiles?.length
    ? new Validator(options.specFiles, {
        // Organisation and project stand in front; every resource can be asked for without the latter.
        prefix: /^.*?(?=\/_apis\/)/,
        refusal: refusalSchema,
        // A sign-in page, or the way there.
        alsoStatus: [203, 302],
      })
    : null;
  const front = await startFront({
    preferredPort: options.preferredPort,
    // Routes are told by OPTIONS, which the descriptions leave out.
    checker: checker && {
      violations: checker.violations,
      exercised: checker.exercised,
      check: (exchange) => exchange.method === "OPTIONS" || checker.check(exchange),
    },
    start({ url, lag }) {
      const rateLimit = new RateLimit();
      accounts = accountsOf(tokens);
      return {
        rateLimit,
        page: async (request) => sitePage(state, `${url}/${organisation}`, request),
        work: (request) => answerApi({ state, accounts, rateLimit, lag, origin: url }, request),
        dials: {
          // A state that the process had once, and that nobody documents.
          "POST /odd-state": (input) => {
            const { id, state: name } = oddInput.parse(input);
            const item = state.items.find((one) => one.id === id);
            if (item) item.fields["System.State"] = name;
          },
          // A token that ends before its time.
          "POST /expire": (input) => accounts.delete(tokens[expireInput.parse(input).token]),
          // A required field of a kind that no form knows how to fill in.
          "POST /odd-field": (input) => {
            const { project: name, type } = oddFieldInput.parse(input);
            const project = projectOf(state, name);
            const field = { ref: "Custom.Odd", name: "Odd", type: "guid", isRequired: true };
            if (project) project.extraFields = { type, fields: [field] };
          },
        },
        reset() {
          state = seed(options);
          accounts = accountsOf(tokens);
        },
      };
    },
  });
  return {
    ...front,
    tokens,
    apiUrl: `${front.url}/${organisation}`,
    /** The same as a Server of 2020 shows it. */
    serverUrl: `${front.url}/${collection}`,
    credentials: {
      write: { authType: "pat", values: { token: tokens.write } },
      readOnly: { authType: "pat", values: { token: tokens.readOnly } },
      noScope: { authType: "pat", values: { token: tokens.noScope } },
      noTags: { authType: "pat", values: { token: tokens.noTags } },
    },
    /** What is really there, past every fault. */
    state: () => state,
    async issues(projectKey: string) {
      const name = projectOf(state, projectKey)?.name;
      return state.items
        .filter(({ project, isDeleted }) => project === name && !isDeleted)
        .map(({ id, fields, project }) => ({
          ref: String(id),
          title: String(fields["System.Title"]),
          body: String(fields["Microsoft.VSTS.TCM.ReproSteps"] ?? fields["System.Description"] ?? ""),
          labels: String(fields["System.Tags"] ?? "")
            .split(";")
            .flatMap((tag) => tag.trim() || []),
          state: String(fields["System.State"]),
          url: `${front.url}/${organisation}/${encodeURIComponent(project)}/_workitems/edit/${id}`,
        }));
    },
    snapshot: () => structuredClone(state),
    restore: (snapshot: unknown) => {
      state = structuredClone(snapshot) as State; // made by snapshot
    },
  };
}
