import type { Issue, State } from "../model";
import { ids } from "./fields";

type Seeded = {
  project: string;
  type: string;
  status: string;
  title: string;
  text: string;
  labels?: string[];
  daysAgo: number;
  more?: Record<string, unknown>;
};

const seeded: Seeded[] = [
  {
    ...{ project: "PAY", type: "Epic", status: "In Progress", daysAgo: 40, title: "Pay by instalments" },
    text: "Everything that belongs to paying in three parts.",
  },
  {
    ...{ project: "PAY", type: "Bug", status: "To Do", daysAgo: 12, labels: ["checkout"] },
    title: "Card form rejects a valid card after the session is refreshed",
    text: "Expected the order to be confirmed, got “card declined” after 30 minutes of inactivity.",
    more: { [ids.environmentFound]: "10101", [ids.foundOn]: "2026-11-01", priority: "2" },
  },
  {
    ...{ project: "PAY", type: "Bug", status: "Resolved", daysAgo: 30, title: "Refund is booked twice" },
    text: "Pressing the button twice books the refund twice.",
    more: { [ids.environmentFound]: "10102", [ids.foundOn]: "2026-10-10", resolution: "10000" },
  },
  {
    ...{ project: "PAY", type: "Task", status: "To Do", daysAgo: 3, title: "Renew the test cards", labels: ["chores"] },
    text: "The ones of last year expire in December.",
  },
  {
    ...{ project: "OPS", type: "Task", status: "To Do", daysAgo: 2, title: "Certificate of the shop expires" },
    text: "",
  },
  {
    ...{ project: "ARC", type: "Task", status: "Done", daysAgo: 400, title: "Switch off the old shop" },
    text: "Done when nobody noticed.",
  },
  {
    ...{ project: "SEC", type: "Task", status: "To Do", daysAgo: 5, title: "Rotate the signing keys" },
    text: "Nobody else needs to know.",
  },
];

export function seedIssues(state: State, paragraph: (text: string) => unknown): void {
  const authorId = state.accounts.find(({ name }) => name === "qa-lead")?.accountId ?? "";
  for (const one of seeded) {
    const project = state.projects.find(({ key }) => key === one.project);
    const type = state.types.find(({ name }) => name === one.type);
    const status = state.statuses.find(({ name }) => name === one.status);
    if (!project || !type || !status) throw new Error(`The seed names what it does not have: ${one.title}`);
    const createdMs = Date.now() - one.daysAgo * 86_400_000;
    project.lastIssue += 1;
    state.issues.push({
      id: String(state.next.issue++),
      key: `${project.key}-${project.lastIssue}`,
      oldKeys: [],
      projectId: project.id,
      typeId: type.id,
      statusId: status.id,
      creatorId: authorId,
      createdMs,
      updatedMs: createdMs,
      resolvedMs: one.more?.resolution ? createdMs : null,
      values: {
        summary: one.title,
        reporter: authorId,
        priority: "3",
        labels: one.labels ?? [],
        ...(one.text && { description: paragraph(one.text) }),
        ...one.more,
      },
      comments: [],
      files: [],
      links: [],
      properties: {},
      history: [],
    } satisfies Issue);
  }
}
