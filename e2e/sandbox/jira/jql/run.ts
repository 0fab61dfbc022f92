import { type Call, projectById } from "../call";
import type { Issue } from "../model";
import { may } from "../permissions";
import { dateFields, invalid, statusCategory, textFields, timeOf, valueFields } from "./fields";
import { type Clause, type Operator, parseJql, type Query, type Where } from "./parse";
import { textMatcher } from "./text";

type Test = (issue: Issue) => boolean;

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
  const text = ownOf(textFields, field);
  if (text) {
    allow(field, operator, ["~", "!~", ...emptiness]);
    if (emptiness.includes(operator)) return (issue) => (text(call, issue) === "") === (operator === "is");
    const matches = textMatcher(field, operands[0]?.text ?? "");
    return (issue) => matches(text(call, issue)) === (operator === "~");
  }
  const date = ownOf(dateFields, field);
  if (date) {
    allow(field, operator, [...equality, ...order, ...emptiness]);
    const times = operands.map((operand) => timeOf(call, field, operand));
    return (issue) => compare(operator, date(issue), times);
  }
  const valued = field === "statuscategory" ? statusCategory(call) : ownOf(valueFields, field);
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

// A field that is asked for may be called "constructor".
const ownOf = <T>(table: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

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

const sortKeys: Record<string, (issue: Issue) => number | string> = {
  created: ({ createdMs }) => createdMs,
  updated: ({ updatedMs }) => updatedMs,
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
    const key = ownOf(sortKeys, field);
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
