import { createEmulator, type Emulator } from "emulate";
import { admin, issues, labels, org, repos, users } from "./seed";

export type Upstream = {
  url: string;
  as<T>(login: string, method: string, path: string, body?: unknown): Promise<UpstreamAnswer<T>>;
  /** A call as the organisation's owner, past every rule of the front. */
  asAdmin<T>(method: string, path: string, body?: unknown): Promise<UpstreamAnswer<T>>;
  reset(): Promise<void>;
  close(): Promise<void>;
};
/** The emulator's JSON, of the shape that the asker names: it is passed on and drawn, not relied upon. */
export type UpstreamAnswer<T = unknown> = { status: number; data: T; link: string | null };

// The emulator limits each key to 5,000 calls an hour, and the limit is the front's business.
const keysPerUser = 200;
const keyOf = (login: string, i: number) => `${login}-${i}`;

/** The happy paths: npm `emulate`'s GitHub, filled with a believable organisation. */
export async function startEmulator(extraRepos: number): Promise<Upstream> {
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
        users.flatMap(({ login }) => Array.from({ length: keysPerUser }, (_, i) => [keyOf(login, i), { login }])),
      ),
      github: {
        users: users.map((user) => ({ ...user, email: `${user.login}@acme.test` })),
        orgs: [
          {
            login: org,
            name: "Acme",
            members: users.map(({ login }) => ({ login, role: login === admin ? "admin" : "member" })),
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

  let turn = 0;
  const as: Upstream["as"] = async (login, method, path, body) => {
    turn = (turn + 1) % keysPerUser;
    const response = await fetch(emulator.url + path, {
      method,
      headers: { authorization: `token ${keyOf(login, turn)}`, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, data: text ? JSON.parse(text) : null, link: response.headers.get("link") };
  };
  const must = async <T = unknown>(login: string, method: string, path: string, body?: unknown) => {
    const answer = await as<T>(login, method, path, body);
    if (answer.status >= 400) throw new Error(`Seeding: ${method} ${path} answered ${answer.status}`);
    return answer.data;
  };

  const fill = async () => {
    for (const { name } of repos) {
      for (const label of labels) await must(admin, "POST", `/repos/${org}/${name}/labels`, label);
    }
    for (const { repo, author, isClosed, ...issue } of issues) {
      const { number } = await must<{ number: number }>(author, "POST", `/repos/${org}/${repo}/issues`, issue);
      if (isClosed) {
        const closed = { state: "closed", state_reason: "completed" };
        await must(admin, "PATCH", `/repos/${org}/${repo}/issues/${number}`, closed);
      }
    }
    for (const { name, archived, has_issues } of repos) {
      if (archived || has_issues === false) {
        await must(admin, "PATCH", `/repos/${org}/${name}`, {
          archived: archived ?? false,
          has_issues: has_issues ?? true,
        });
      }
    }
  };
  await fill();

  return {
    url: emulator.url,
    as,
    asAdmin: (method, path, body) => as(admin, method, path, body),
    async reset() {
      emulator.reset();
      await fill();
    },
    close: () => emulator.close(),
  };
}
