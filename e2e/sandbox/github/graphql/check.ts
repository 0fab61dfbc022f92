import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Checker } from "../../front";
import type { Exchange, Validator } from "../../validate";
import {
  literalOf,
  type Operation,
  parseOperation,
  type Selection,
  Tokens,
  type TypeRef,
  typeOf,
  type Value,
} from "./parse";

type FieldDef = { type: TypeRef; args: Record<string, { type: TypeRef; hasDefault: boolean }> };
type TypeDef = { kind: string; fields: Record<string, FieldDef>; members: string[] };

// GitHub's own, from the parts of its public schema that the file leaves out:
// https://docs.github.com/graphql/reference/mutations#createprojectv2field
const beyond = `
extend type Mutation { createProjectV2Field(input: CreateProjectV2FieldInput!): CreateProjectV2FieldPayload }
type CreateProjectV2FieldPayload { projectV2Field: ProjectV2FieldConfiguration }
input CreateProjectV2FieldInput { clientMutationId: String projectId: ID! dataType: ProjectV2CustomFieldType! name: String! singleSelectOptions: [ProjectV2SingleSelectFieldOptionInput!] }
input ProjectV2SingleSelectFieldOptionInput { name: String! color: ProjectV2SingleSelectFieldOptionColor! description: String! }
enum ProjectV2CustomFieldType { DATE ITERATION NUMBER SINGLE_SELECT TEXT }
extend type UserConnection { pageInfo: PageInfo! }
`;

const scalars = new Set(["ID", "String", "Int", "Float", "Boolean", "URI", "DateTime", "Date"]);

const asked = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).nullish() });

/** The check of every exchange: REST by its description, GraphQL by its schema. */
export class GithubChecker implements Checker {
  readonly violations: string[];
  readonly exercised: Set<string>;

  constructor(
    private readonly rest: Validator,
    private readonly graphql: GraphqlCheck,
  ) {
    this.violations = rest.violations;
    this.exercised = rest.exercised;
  }

  check(exchange: Exchange): void {
    if (!exchange.path.endsWith("/graphql")) {
      this.rest.check(exchange);
      return;
    }
    const { query, variables } = asked.parse(exchange.requestBody);
    try {
      const operation = parseOperation(query);
      this.exercised.add(`GraphQL ${operation.kind} ${operation.name}`);
      for (const wrong of this.graphql(operation, variables ?? {})) {
        this.violations.push(`GraphQL ${operation.name}: ${wrong}`);
      }
    } catch (error) {
      this.violations.push(`GraphQL: ${String(error)}`);
    }
  }
}

/** Checks operations and their variables against the official schema; answers what does not fit. */
export type GraphqlCheck = (operation: Operation, variables: Record<string, unknown>) => string[];

export function createCheck(schemaFile: string): GraphqlCheck {
  const types = parseSchema(readFileSync(schemaFile, "utf8") + beyond);

  function checkSelections(on: string, selections: readonly Selection[], wrong: string[]): void {
    const type = types.get(on);
    for (const one of selections) {
      if (one.kind === "on") {
        const members = type?.members ?? [];
        const fits = one.type === on || members.includes(one.type) || types.get(one.type)?.members.includes(on);
        if (!types.has(one.type) || !fits) wrong.push(`a fragment on ${one.type} cannot be in ${on}`);
        else checkSelections(one.type, one.selections, wrong);
        continue;
      }
      if (one.name === "__typename") continue;
      const field = type?.fields[one.name];
      if (!field) {
        wrong.push(`Field '${one.name}' doesn't exist on type '${on}'`);
        continue;
      }
      for (const [name, value] of Object.entries(one.args)) {
        const arg = field.args[name];
        if (!arg) wrong.push(`Field '${one.name}' doesn't accept argument '${name}'`);
        else checkLiteral(arg.type, value, `${one.name}.${name}`, wrong);
      }
      for (const [name, { type: given, hasDefault }] of Object.entries(field.args)) {
        if (given.isRequired && !hasDefault && !(name in one.args)) wrong.push(`${one.name} needs argument '${name}'`);
      }
      const isLeaf = isScalar(field.type.name);
      if (isLeaf && one.selections) wrong.push(`'${one.name}' has no fields`);
      if (!isLeaf && !one.selections) wrong.push(`'${one.name}' must have a selection`);
      if (!isLeaf && one.selections) checkSelections(field.type.name, one.selections, wrong);
    }
  }

  const isScalar = (name: string) => scalars.has(name) || types.get(name)?.kind === "enum";

  function checkLiteral(type: TypeRef, value: Value, where: string, wrong: string[]): void {
    if (value.kind === "variable") return;
    if (value.kind === "list") {
      for (const one of value.values) checkLiteral({ ...type, isList: false }, one, where, wrong);
    } else if (value.kind === "object") {
      const def = types.get(type.name);
      if (def?.kind !== "input") wrong.push(`${where} is no object`);
      for (const [name, one] of Object.entries(value.fields)) {
        const field = def?.fields[name];
        if (!field) wrong.push(`${where} has no '${name}'`);
        else checkLiteral(field.type, one, `${where}.${name}`, wrong);
      }
      for (const [name, field] of Object.entries(def?.fields ?? {})) {
        if (field.type.isRequired && !(name in value.fields)) wrong.push(`${where} needs '${name}'`);
      }
    } else if (value.kind === "enum" && !types.get(type.name)?.members.includes(value.value)) {
      wrong.push(`${where} knows no ${value.value}`);
    }
  }

  function checkValue(type: TypeRef, value: unknown, where: string, wrong: string[]): void {
    if (value === undefined || value === null) {
      if (type.isRequired) wrong.push(`${where} must not be null`);
    } else if (type.isList) {
      for (const one of Array.isArray(value) ? value : [value])
        checkValue({ ...type, isList: false }, one, where, wrong);
    } else if (types.get(type.name)?.kind === "enum") {
      if (!types.get(type.name)?.members.includes(String(value))) wrong.push(`${where} knows no ${String(value)}`);
    } else if (types.get(type.name)?.kind === "input") {
      const fields = types.get(type.name)?.fields ?? {};
      const given = Object.entries(value);
      for (const [name] of given) if (!fields[name]) wrong.push(`${where} has no '${name}'`);
      for (const [name, field] of Object.entries(fields)) {
        checkValue(field.type, given.find(([key]) => key === name)?.[1], `${where}.${name}`, wrong);
      }
    } else {
      const expected = { Int: "number", Float: "number", Boolean: "boolean" }[type.name] ?? "string";
      if (typeof value !== expected) wrong.push(`${where} must be ${type.name}`);
    }
  }

  return (operation, variables) => {
    const wrong: string[] = [];
    checkSelections(operation.kind === "query" ? "Query" : "Mutation", operation.selections, wrong);
    for (const { name, type, hasDefault } of operation.variables) {
      if (!hasDefault || variables[name] !== undefined) checkValue(type, variables[name], `$${name}`, wrong);
    }
    return wrong;
  };
}

function parseSchema(text: string): Map<string, TypeDef> {
  const tokens = new Tokens(text);
  const types = new Map<string, TypeDef>();
  const defOf = (name: string, kind: string) => {
    const def = types.get(name) ?? { kind, fields: {}, members: [] };
    types.set(name, def);
    return def;
  };
  while (tokens.peek() !== undefined) {
    tokens.take("extend");
    const kind = tokens.next();
    if (kind === "schema") {
      tokens.must("{");
      tokens.until("}", () => tokens.next());
      continue;
    }
    const name = tokens.next();
    const def = defOf(name, kind);
    if (kind === "union") {
      tokens.must("=");
      do def.members.push(tokens.next());
      while (tokens.take("|"));
    } else if (kind === "enum") {
      tokens.must("{");
      def.members.push(...tokens.until("}", () => tokens.next()));
    } else if (kind !== "scalar") {
      if (tokens.take("implements")) {
        do defOf(tokens.next(), "interface").members.push(name);
        while (tokens.take("&"));
      }
      tokens.must("{");
      Object.assign(def.fields, Object.fromEntries(tokens.until("}", () => fieldOf(tokens))));
    }
  }
  return types;
}

function fieldOf(tokens: Tokens): [string, FieldDef] {
  const name = tokens.next();
  const args: FieldDef["args"] = {};
  if (tokens.take("(")) {
    tokens.until(")", () => {
      const arg = tokens.next();
      tokens.must(":");
      const type = typeOf(tokens);
      const hasDefault = tokens.take("=");
      if (hasDefault) literalOf(tokens);
      args[arg] = { type, hasDefault };
    });
  }
  tokens.must(":");
  const type = typeOf(tokens);
  if (tokens.take("=")) literalOf(tokens);
  return [name, { type, args }];
}
