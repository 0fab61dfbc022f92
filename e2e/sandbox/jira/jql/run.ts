import { type Call, projectById } from "../call";
import { jqlTime } from "../dates";
import type { Issue } from "../model";
import { may } from "../permissions";
import { Refusal } from "../refusal";
import { type Clause, type Operand, type Operator, parseJql, type Query, type Where } from "./parse";
import { textMatcher } from "./text";

type Test = (issue: Issue) => boolean;

const invalid = (message: string) => new Refusal(400, [message]);
const equality: Operator[] = ["=", "!=", "in", "not in"];
const emptiness: Operator[] = ["is", "is not"];
const order: Operator[] = [">", ">=", "<", "<="];

type SearchOptions = {
  mustBeBounded: boolean;
  /** Issues that are seen however far the index lags, by id. */
  sureOf?: readonly string[];
};

/** All issues that the caller may see and the query means, in its order; the index may lag. */
export function search(call: Call, jql: string, options: SearchOptions): Issue[] {
  const query = parseJql(jql);
  if (options.mustBeBounded && !query.where) {
    throw invalid("Unbounded JQL queries are not allowed here. Please add a search restriction to your query.");
  }
  const test = query.where ? compile(call, query.where) : () => true;
  const isHidden = call.lag.look("search", call.request.url.pathname + call.request.url.search);
  return call.state.issues
    .filter(
      (issue) =>
        (options.sureOf?.includes(issue.id) || !isHidden(issue.id)) &&
        may(call.account, projectById(call, issue.projectId), "BROWSE_PROJECTS"),
    )
    .filter(test)
    .sort(ordering(query));
}

/** Whether an issue fits a query, whoever asks: for the filters of webhooks. */
export const fits = (call: Call, jql: string): Test => {
  const { where } = parseJql(jql);
  return where ? compile(call, where) : () => true;
};

function compile(call: Call, where: Where): Test {
  if ("and" in where) {
    const tests = where.and.map((part) => compile(call, part));
    return (issue) => tests.every((test) => test(issue));
  }
  if ("or" in where) {
    const tests = where.or.map((part) => compile(call, part));
    return (issue) => tests.some((test) => test(issue));
  }
  if ("not" in where) {
    const test = compile(call, where.not);
    return (issue) => !test(issue);
  }
  return clause(call, where);
}

function clause(call: Call, { field, operator, operands }: Clause): Test {
  const text = textFields[field];
  if (text) {
    allow(field, operator, ["~", "!~", ...emptiness]);
    if (emptiness.includes(operator)) return (issue) => (text(call, issue) === "") === (operator === "is");
    const matches = textMatcher(field, operands[0]?.text ?? "");
    return (issue) => matches(text(call, issue)) === (operator === "~");
  }
  const date = dateFields[field];
  if (date) {
    allow(field, operator, [...equality, ...order, ...emptiness]);
    const times = operands.map((operand) => timeOf(call, field, operand));
    return (issue) => compare(operator, date(issue), times);
  }
  const valued = field === "statuscategory" ? statusCategory(call) : valueFields[field];
  if (valued) {
    allow(field, operator, [...equality, ...emptiness, ...(field === "key" || field === "id" ? order : [])]);
    const wanted = operands.map((operand) => (operand.isEmpty ? null : valued.read(call, operand)));
    const isNegative = operator === "!=" || operator === "not in" || operator === "is not";
    if (order.includes(operator)) return (issue) => compare(operator, Number(issue.id), wanted.map(Number));
    return (issue) => {
      const has = valued.of(issue);
      const isHit = wanted.some((one) => (one === null ? has.length === 0 : has.includes(one)));
      // As in Jira, "!=" does not find issues whose field is empty.
      return isNegative ? !isHit && (has.length > 0 || wanted.includes(null)) : isHit;
    };
  }
  throw invalid(`Field '${field}' does not exist or you do not have permission to view it.`);
}

function allow(field: string, operator: Operator, operators: readonly Operator[]): void {
  if (operators.includes(operator)) return;
  throw invalid(`The operator '${operator}' is not supported by the '${field}' field.`);
}

function compare(operator: Operator, value: number | null, wanted: readonly (number | null)[]): boolean {
  const [limit = null] = wanted;
  if (operator === "is") return value === null;
  if (operator === "is not") return value !== null;
  if (value === null) return false;
  if (operator === "in" || operator === "=") return wanted.includes(value);
  if (operator === "not in" || operator === "!=") return !wanted.includes(value);
  if (limit === null) return false;
  if (operator === ">") return value > limit;
  if (operator === ">=") return value >= limit;
  return operator === "<" ? value < limit : value <= limit;
}

const titleOf = (_: Call, issue: Issue) => String(issue.values.summary ?? "");
const descriptionOf = (call: Call, issue: Issue) => call.face.plainText(issue.values.description);
const commentsOf = (call: Call, issue: Issue) => issue.comments.map(({ body }) => call.face.plainText(body)).join("\n");
const textFields: Record<string, (call: Call, issue: Issue) => string> = {
  summary: titleOf,
  description: descriptionOf,
  comment: commentsOf,
  text: (call, issue) => [titleOf, descriptionOf, commentsOf].map((read) => read(call, issue)).join("\n"),
};

const created = (issue: Issue) => issue.createdMs;
const updated = (issue: Issue) => issue.updatedMs;
const dateFields: Record<string, (issue: Issue) => number | null> = {
  created,
  createddate: created,
  updated,
  updateddate: updated,
  resolved: (issue) => issue.resolvedMs,
  resolutiondate: (issue) => issue.resolvedMs,
};

function timeOf(call: Call, field: string, operand: Operand): number | null {
  if (operand.isEmpty) return null;
  const zone = call.account?.timeZone ?? "Etc/UTC";
  if (operand.isFunction) {
    if (operand.text === "now") return Date.now();
    const day = Math.floor(Date.now() / 86_400_000) * 86_400_000;
    if (operand.text === "startofday") return day;
    throw invalid(`Unable to find JQL function '${operand.text}()'.`);
  }
  // A number without a unit is a moment in milliseconds since 1970.
  if (/^\d{6,}$/.test(operand.text)) return Number(operand.text);
  const time = jqlTime(operand.text, zone, Date.now());
  if (time !== null) return time;
  throw invalid(
    `Date value '${operand.text}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
  );
}

type ValueField = { of(issue: Issue): string[]; read(call: Call, operand: Operand): string };

const one = (value: unknown) => (value === undefined || value === null ? [] : [String(value)]);
const noValue = (field: string, text: string) =>
  invalid(`The value '${text}' does not exist for the field '${field}'.`);

/** A field whose values have ids and names. */
const named = (
  field: string,
  all: (call: Call) => readonly { id: string; name: string; key?: string }[],
  of: ValueField["of"],
): ValueField => ({
  of,
  read(call, { text }) {
    const wanted = text.toLowerCase();
    const found = all(call).find(
      ({ id, name, key }) => id === text || name.toLowerCase() === wanted || key?.toLowerCase() === wanted,
    );
    if (!found) throw noValue(field, text);
    return found.id;
  },
});

const user = (field: string, of: ValueField["of"]): ValueField => ({
  of,
  read(call, { text, isFunction }) {
    if (isFunction) {
      if (text === "currentuser") return call.account?.accountId ?? "";
      throw invalid(`Unable to find JQL function '${text}()'.`);
    }
    const found = call.state.accounts.find(({ accountId, name, key }) =>
      (call.face.isCloud ? [accountId] : [name, key]).includes(text),
    );
    if (!found) throw noValue(field, text);
    return found.accountId;
  },
});

const issueKey: ValueField = {
  of: ({ id }) => [id],
  read(call, { text }) {
    const wanted = text.toUpperCase();
    const found = call.state.issues.find(
      ({ id, key, oldKeys }) => id === text || key === wanted || oldKeys.includes(wanted),
    );
    if (found && may(call.account, projectById(call, found.projectId), "BROWSE_PROJECTS")) return found.id;
    const what = /^\d+$/.test(text) ? `A value with ID '${text}'` : `An issue with key '${text}'`;
    throw invalid(`${what} does not exist for field 'key'.`);
  },
};

const visible = (call: Call) => call.state.projects.filter((project) => may(call.account, project, "BROWSE_PROJECTS"));
const types = named(
  "issuetype",
  ({ state }) => state.types,
  ({ typeId }) => [typeId],
);
const labels: ValueField = {
  of: ({ values }) => (Array.isArray(values.labels) ? values.labels.map(String) : []),
  read: (_, { text }) => text,
};

const valueFields: Record<string, ValueField> = {
  project: named("project", visible, ({ projectId }) => [projectId]),
  key: issueKey,
  id: issueKey,
  issue: issueKey,
  issuekey: issueKey,
  issuetype: types,
  type: types,
  status: named(
    "status",
    ({ state }) => state.statuses,
    ({ statusId }) => [statusId],
  ),
  priority: named(
    "priority",
    ({ state }) => state.priorities,
    ({ values }) => one(values.priority),
  ),
  resolution: named(
    "resolution",
    ({ state }) => state.resolutions,
    ({ values }) => one(values.resolution),
  ),
  reporter: user("reporter", ({ values }) => one(values.reporter)),
  creator: user("creator", ({ creatorId }) => [creatorId]),
  assignee: user("assignee", ({ values }) => one(values.assignee)),
  parent: { of: ({ values }) => one(values.parent), read: issueKey.read },
  labels,
};

const categoryNames: Record<string, string> = {
  "to do": "new",
  "in progress": "indeterminate",
  "no category": "undefined",
};

const statusCategory = (call: Call): ValueField => ({
  of: (issue) => one(call.state.statuses.find(({ id }) => id === issue.statusId)?.category),
  read(_, { text }) {
    const wanted = categoryNames[text.toLowerCase()] ?? text.toLowerCase();
    if (!["undefined", "new", "indeterminate", "done"].includes(wanted)) throw noValue("statusCategory", text);
    return wanted;
  },
});

const sortKeys: Record<string, (issue: Issue) => number | string> = {
  created,
  updated,
  id: ({ id }) => Number(id),
  key: ({ projectId, id }) => `${projectId} ${id}`,
  issuekey: ({ projectId, id }) => `${projectId} ${id}`,
  summary: ({ values }) => String(values.summary),
  priority: ({ values }) => Number(values.priority ?? 0),
  status: ({ statusId }) => Number(statusId),
  rank: ({ id }) => Number(id),
};

function ordering({ orderBy }: Query): (a: Issue, b: Issue) => number {
  const keys = orderBy.map(({ field, isDescending }) => {
    const key = sortKeys[field];
    if (!key) throw invalid(`Not able to sort using field '${field}'.`);
    return { key, sign: isDescending ? -1 : 1 };
  });
  return (a, b) => {
    for (const { key, sign } of keys) {
      const [left, right] = [key(a), key(b)];
      if (left !== right) return left < right ? -sign : sign;
    }
    // Without an order the newest stand first.
    return keys.length > 0 ? Number(a.id) - Number(b.id) : Number(b.id) - Number(a.id);
  };
}
