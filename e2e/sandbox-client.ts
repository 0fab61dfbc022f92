import { z } from "zod";

const issueSchema = z.object({
  number: z.number(),
  title: z.string(),
  body: z.string().nullable(),
  state: z.string(),
  html_url: z.string(),
  labels: z.array(z.object({ name: z.string() })),
});

export type RemoteIssue = z.infer<typeof issueSchema>;

/** The demo's GitHub from outside: what is really in it, and the dials that make it misbehave. */
export class SandboxClient {
  constructor(private readonly github: { url: string; token: string }) {}

  /** Every issue of the repository, with those of the title when one is given. */
  async issues(repo: string, title?: string): Promise<RemoteIssue[]> {
    const answer = await fetch(`${this.github.url}/repos/${repo}/issues?state=all&per_page=100`, {
      headers: { authorization: `Bearer ${this.github.token}` },
    });
    const issues = z.array(issueSchema).parse(await answer.json());
    return title === undefined ? issues : issues.filter((issue) => issue.title === title);
  }

  /** Files an issue as a person does in the tracker itself. */
  async file(repo: string, issue: { title: string; body: string }): Promise<void> {
    const answer = await fetch(`${this.github.url}/repos/${repo}/issues`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.github.token}`, "content-type": "application/json" },
      body: JSON.stringify(issue),
    });
    if (!answer.ok) throw new Error(`The sandbox took no issue: ${await answer.text()}`);
  }

  /** Makes the next matching call fail in the given way. */
  async fail(fault: { method: string; path: string; mode: string; [more: string]: unknown }): Promise<void> {
    const answer = await fetch(`${this.github.url}/_sandbox/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fault),
    });
    if (!answer.ok) throw new Error(`The sandbox took no fault: ${await answer.text()}`);
  }

  /** Takes back every fault. */
  async clear(): Promise<void> {
    await fetch(`${this.github.url}/_sandbox/faults`, { method: "DELETE" });
  }
}
