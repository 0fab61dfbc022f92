/**
 * Atlassian's schema as code that checks a document without a library and without eval. The schema says “any of these
 * twenty kinds” in most places, and a general validator tries one after the other; here the node's `type` leads to the
 * few that it can be. Only the words that the schema uses are known: a new one fails the generation.
 */
export function validatorSource(schema) {
  const functions = new Map();
  const root = check(schema);
  return [
    "// @ts-nocheck",
    "// Made by scripts/lib/adf-validator.mjs from the schema in @atlaskit/adf-schema.",
    "// Nobody writes a document that is deeper or larger; this bounds the stack, and what shared parts and cycles cost.",
    "const most = { depth: 300, parts: 200000 };",
    "let parts = 0;",
    'const isRecord = (d) => typeof d === "object" && d !== null && !Array.isArray(d);',
    ...[...functions.values()].map(({ source }) => source),
    "/** Where the document departs from the schema and how, or an empty string. */",
    `export function departure(adf: unknown): string {\n  parts = 0;\n  return ${root}(adf, 0);\n}\n`,
  ].join("\n");

  /** The name of the function that checks against a schema; equal schemas share one. */
  function check(found) {
    const wanted = resolve(found);
    const key = JSON.stringify(wanted);
    const known = functions.get(key);
    if (known) return known.name;
    const entry = { name: `f${functions.size}`, source: "" };
    functions.set(key, entry);
    const pattern =
      wanted.pattern === undefined
        ? ""
        : `const ${entry.name}p = new RegExp(${JSON.stringify(wanted.pattern)}, "u");\n`;
    entry.source = `${pattern}function ${entry.name}(d, n) {\n${body(wanted, entry.name)}\n}`;
    return entry.name;
  }

  function resolve({ $ref, $schema, description, definitions, ...own }) {
    if ($ref) return resolve(schema.definitions[$ref.replace("#/definitions/", "")]);
    return own.allOf ? own.allOf.map(resolve).reduce(both) : own;
  }

  function body(wanted, name) {
    for (const word of Object.keys(wanted)) if (!words.has(word)) throw new Error(`A new word in the schema: ${word}`);
    if (wanted.anyOf) return anyOf(wanted.anyOf.flatMap(alternatives));
    if (wanted.type === "object") return object(wanted);
    if (wanted.type === "array") return array(wanted);
    return scalar(wanted, name);
  }

  function alternatives(found) {
    const wanted = resolve(found);
    return wanted.anyOf ? wanted.anyOf.flatMap(alternatives) : [wanted];
  }

  function anyOf(wanted) {
    const isFirstThatFits = (several) => several.map((one) => `${check(one)}(d, n)`).join(" && ");
    const types = wanted.map(({ properties, required }) => required?.includes("type") && properties.type.enum);
    // Attributes come in kinds as well, and most of those have no type.
    if (!types.every(Boolean)) return `return ${isFirstThatFits(wanted)};`;
    const cases = [...new Set(types.flat())].map((type) => {
      const several = wanted.filter(({ properties }) => properties.type.enum.includes(type));
      return `case ${JSON.stringify(type)}: return ${isFirstThatFits(several)};`;
    });
    return [
      'if (!isRecord(d)) return " is not an object";',
      `switch (d.type) {\n${cases.join("\n")}\n}`,
      'return typeof d.type === "string" ? " may not be of the type " + d.type.slice(0, 40) : " has no type";',
    ].join("\n");
  }

  function object({ properties = {}, required = [], additionalProperties }) {
    const unlisted = required.filter((name) => !(name in properties));
    if (unlisted.length > 0) throw new Error(`Required, but not described: ${unlisted}`);
    const cases = Object.entries(properties).map(([name, value]) => {
      const bit = required.includes(name) ? ` seen |= ${1 << required.indexOf(name)};` : "";
      const isAnything = Object.keys(value).length === 0;
      const test = isAnything ? "" : `if ((e = ${check(value)}(v, n)) !== "") return "/${name}" + e;`;
      return `case ${JSON.stringify(name)}: ${test}${bit} break;`;
    });
    if (additionalProperties === false) cases.push('default: return " may not have " + key.slice(0, 40);');
    return [
      'if (!isRecord(d)) return " is not an object";',
      'let e = ""; let seen = 0;',
      // What is undefined is not sent.
      `for (const key in d) {\nconst v = d[key];\nif (v === undefined) continue;\nswitch (key) {\n${cases.join("\n")}\n}\n}`,
      `return seen === ${(1 << required.length) - 1} ? "" : " lacks one of ${required.join(", ")}";`,
    ].join("\n");
  }

  function array({ items, minItems = 0, maxItems }) {
    const lines = [
      'if (!Array.isArray(d)) return " is not a list";',
      'if (n > most.depth || (parts += d.length) > most.parts) return " is nested too deeply or has too many parts";',
    ];
    if (minItems > 0) lines.push(`if (d.length < ${minItems}) return " has too few parts";`);
    if (maxItems !== undefined) lines.push(`if (d.length > ${maxItems}) return " has too many parts";`);
    if (items) lines.push('let e = "";');
    if (Array.isArray(items)) {
      for (const [i, item] of items.entries()) {
        lines.push(`if (d.length > ${i} && (e = ${check(item)}(d[${i}], n + 1)) !== "") return "/${i}" + e;`);
      }
    } else if (items) {
      lines.push(
        `for (let i = 0; i < d.length; i++) if ((e = ${check(items)}(d[i], n + 1)) !== "") return "/" + i + e;`,
      );
    }
    return [...lines, 'return "";'].join("\n");
  }
}

const words = new Set(
  "type enum properties required additionalProperties items minItems maxItems minLength pattern minimum maximum anyOf".split(
    " ",
  ),
);

function scalar({ type, enum: values, minLength = 0, pattern, minimum, maximum }, name) {
  const tests = [];
  if (type !== undefined) tests.push(`typeof d === "${type}"`);
  if (type === "number") tests.push("Number.isFinite(d)");
  if (values) tests.push(`(${values.map((value) => `d === ${JSON.stringify(value)}`).join(" || ")})`);
  if (minLength > 1) throw new Error("Lengths above one would have to be counted in characters.");
  if (minLength === 1) tests.push('d !== ""');
  if (pattern !== undefined) tests.push(`${name}p.test(d)`);
  if (minimum !== undefined) tests.push(`d >= ${minimum}`);
  if (maximum !== undefined) tests.push(`d <= ${maximum}`);
  const expected = values ? `one of ${values.map((value) => JSON.stringify(value)).join(", ")}` : `a ${type} that fits`;
  return `return ${tests.join(" && ")} ? "" : ${JSON.stringify(` is not ${expected}`)};`;
}

/** What satisfies both: the schema narrows a node in this way, in its marks or its content. */
function both(a, b) {
  if (b.additionalProperties === false) throw new Error("The narrowing part closes the object.");
  const properties = { ...a.properties };
  for (const [name, value] of Object.entries(b.properties ?? {})) {
    const base = properties[name];
    // What a closed node does not list may not be there at all, so there is nothing to narrow.
    if (!base && a.additionalProperties === false) continue;
    for (const word of Object.keys(base ?? {})) {
      if (word in value && JSON.stringify(base[word]) !== JSON.stringify(value[word])) {
        throw new Error(`Two rules for the ${word} of ${name}.`);
      }
    }
    properties[name] = { ...base, ...value };
  }
  return { ...b, ...a, properties, required: [...new Set([...(a.required ?? []), ...(b.required ?? [])])] };
}
