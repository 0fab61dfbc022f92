import { createEmulator, type Emulator } from "emulate";
import { identitiesOf, issues, labels, org, repos, type Tokens, users } from "./seed";

export type Upstream = {
  url: string;
  /** A call as the organisation's owner. */
  asAdmin(method: string, path: string, body?: unknown): Promise<UpstreamAnswer>;
  reset(): Promise<void>;
  close(): Promise<void>;
};
// biome-ignore lint/suspicious/noExplicitAny: the emulator's JSON, passed on and drawn, not relied upon
export type UpstreamAnswer = { status: number; data: any };

/** The happy paths: npm `emulate`'s GitHub, filled with a believable organisation. */
export async function startEmulator(tokens: Tokens, extraRepos: number): Promise<Upstream> {
  const extra = Array.from({ length: extraRepos }, (_, i) => ({
    name: `service-${String(i + 1).padStart(3, "0")}`,
    description: "One of many.",
    private: false,
  }));
  const all = [...repos, ...extra];
  const emulator: Emulator = await createEmulator({
    service: "github",
    port: 0,
    seed: {
      tokens: Object.fromEntries(
        [...identitiesOf(tokens)].map(([token, { login, scopes }]) => [token, { login, scopes: [...(scopes ?? [])] }]),
      ),
      github: {
        users: users.map((user) => ({ ...user, email: `${user.login}@acme.test` })),
        orgs: [
          {
            login: org,
            name: "Acme",
            members: users.map(({ login }) => ({ login, role: login === "octo-admin" ? "admin" : "member" })),
          },
        ],
        repos: all.map(({ name, description, private: isPrivate }) => ({
          owner: org,
          name,
          description,
          private: isPrivate,
        })),
      },
    },
  });

  const call = async (token: string, method: string, path: string, body?: unknown): Promise<UpstreamAnswer> => {
    const response = await fetch(emulator.url + path, {
      method,
      headers: { authorization: `token ${token}`, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, data: text ? JSON.parse(text) : null };
  };
  const must = async (token: string, method: string, path: string, body?: unknown) => {
    const answer = await call(token, method, path, body);
    if (answer.status >= 400) throw new Error(`Seeding: ${method} ${path} answered ${answer.status}`);
    return answer.data;
  };

  const fill = async () => {
    // The emulator lists only the repositories that a person was added to by name.
    for (const { name } of all) {
      for (const { login } of users) {
        const role = { permission: login === "auditor" ? "pull" : "push" };
        await must(tokens.admin, "PUT", `/repos/${org}/${name}/collaborators/${login}`, role);
      }
    }
    for (const { name } of repos) {
      for (const label of labels) await must(tokens.admin, "POST", `/repos/${org}/${name}/labels`, label);
    }
    for (const { repo, isClosed, ...issue } of issues) {
      const { number } = await must(tokens.reporter, "POST", `/repos/${org}/${repo}/issues`, issue);
      if (isClosed) {
        const closed = { state: "closed", state_reason: "completed" };
        await must(tokens.admin, "PATCH", `/repos/${org}/${repo}/issues/${number}`, closed);
      }
    }
    for (const { name, archived, has_issues } of repos) {
      if (archived || has_issues === false) {
        await must(tokens.admin, "PATCH", `/repos/${org}/${name}`, {
          archived: archived ?? false,
          has_issues: has_issues ?? true,
        });
      }
    }
  };
  await fill();

  return {
    url: emulator.url,
    asAdmin: (method, path, body) => call(tokens.admin, method, path, body),
    async reset() {
      emulator.reset();
      await fill();
    },
    close: () => emulator.close(),
  };
}
