import type { State } from "../model";
import { seedFields, usualQuestions } from "./fields";
import { seedIssues } from "./issues";
import { seedAccounts } from "./people";
import { seedProjects, statuses, types } from "./projects";

export type SeedOptions = {
  /** For lists of several pages. */
  extraProjects?: number;
  extraUsers?: number;
  /** Of the widest form. */
  extraFields?: number;
};

/** A Jira as its administrator left it; `paragraph` writes a text in the format of this Jira. */
export function seed(options: SeedOptions, paragraph: (text: string) => unknown): State {
  const questions = options.extraFields ?? usualQuestions;
  const state: State = {
    accounts: seedAccounts(options.extraUsers ?? 0),
    projects: [],
    types,
    fields: seedFields(questions),
    screens: {},
    statuses,
    workflows: {},
    priorities: ["Highest", "High", "Medium", "Low", "Lowest"].map((name, i) => ({ id: String(i + 1), name })),
    resolutions: ["Done", "Won't Do", "Duplicate", "Cannot Reproduce"].map((name, i) => ({
      id: String(10_000 + i),
      name,
    })),
    sprints: [
      { id: "1", name: "PAY sprint 41", state: "closed", projectId: "10000" },
      { id: "2", name: "PAY sprint 42", state: "active", projectId: "10000" },
      { id: "3", name: "PAY sprint 43", state: "future", projectId: "10000" },
    ],
    issues: [],
    hooks: [],
    failedDeliveries: [],
    next: { issue: 10_000, other: 20_000 },
  };
  seedProjects(state, options.extraProjects ?? 0, questions);
  seedIssues(state, paragraph);
  return state;
}
