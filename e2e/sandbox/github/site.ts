import type { Answer } from "../faults";
import { boardPage, boardSettingsPage, boardsPage, itemsOf, saveOptions } from "./board-page";
import type { Upstream } from "./emulator";
import {
  homePage,
  issuePage,
  listPage,
  newIssuePage,
  notFoundPage,
  type PageComment,
  type PageIssue,
  type PageRepo,
} from "./page";

const html = (body: string, status = 200): Answer => ({
  status,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; form-action 'self'",
  },
  body,
});
const seeOther = (location: string): Answer => ({ status: 303, headers: { location }, body: "" });

// /repositories/1/issues is the API's.
const route = /^\/((?!repositories\/)[\w.-]+\/[\w.-]+)\/issues(?:\/(new|\d+))?(\/state)?\/?$/;

/** The pages that people see; null for what is the API's. */
export async function sitePage(upstream: Upstream, method: string, url: URL, body: string): Promise<Answer | null> {
  if (url.pathname === "/") {
    const { data } = await upstream.asAdmin<PageRepo[]>("GET", "/user/repos?per_page=100");
    return html(homePage(data));
  }
  const boards = boardSite(upstream, method, url, body);
  if (boards) return boards;
  const [, name, item, isStateChange] = route.exec(url.pathname) ?? [];
  if (!name) return null;
  const { status, data: repo } = await upstream.asAdmin<PageRepo>("GET", `/repos/${name}`);
  if (status !== 200) return html(notFoundPage(), 404);

  const base = `/repos/${name}/issues`;
  if (method === "POST") return submit(upstream, repo, item, Boolean(isStateChange), new URLSearchParams(body));
  if (!item) {
    const { data } = await upstream.asAdmin("GET", `${base}?state=all&per_page=100`);
    const issues: PageIssue[] = Array.isArray(data) ? data : [];
    return html(
      listPage(
        repo,
        [...issues].sort((a, b) => b.number - a.number),
      ),
    );
  }
  if (item === "new") return html(newIssuePage(repo, url.searchParams));
  const issue = await upstream.asAdmin<PageIssue>("GET", `${base}/${item}`);
  if (issue.status !== 200) return html(notFoundPage(), 404);
  const comments = await upstream.asAdmin<PageComment[]>("GET", `${base}/${item}/comments?per_page=100`);
  return html(issuePage(repo, issue.data, comments.data, itemsOf(upstream.state(), issue.data.id)));
}

/** The boards of the organisation. */
function boardSite(upstream: Upstream, method: string, { pathname }: URL, body: string): Answer | null {
  const [found, number, isSettings] = /^\/orgs\/acme\/projects(?:\/(\d+)(\/settings)?)?\/?$/.exec(pathname) ?? [];
  if (!found) return null;
  const state = upstream.state();
  if (!number) return html(boardsPage(state));
  const board = state.boards.find((one) => one.number === Number(number));
  if (!board) return html(notFoundPage(), 404);
  if (method === "POST") {
    saveOptions(state, board, new URLSearchParams(body));
    return seeOther(pathname);
  }
  return html(isSettings ? boardSettingsPage(board) : boardPage(state, board));
}

async function submit(
  upstream: Upstream,
  repo: PageRepo,
  item: string | undefined,
  isStateChange: boolean,
  form: URLSearchParams,
): Promise<Answer> {
  const base = `/repos/${repo.full_name}/issues`;
  const page = `/${repo.full_name}/issues`;
  if (item === "new") {
    const labels = (form.get("labels") ?? "").split(",").flatMap((name) => name.trim() || []);
    const issue = { title: form.get("title"), body: form.get("body"), labels };
    const { status, data } = await upstream.asAdmin<PageIssue>("POST", base, issue);
    return status === 201 ? seeOther(`${page}/${data.number}`) : html(notFoundPage(), status);
  }
  if (item && isStateChange) {
    const isClosing = form.get("state") === "closed";
    const change = { state: isClosing ? "closed" : "open", state_reason: isClosing ? "completed" : "reopened" };
    await upstream.asAdmin("PATCH", `${base}/${item}`, change);
    return seeOther(`${page}/${item}`);
  }
  return html(notFoundPage(), 404);
}
