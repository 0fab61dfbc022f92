import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";
import { MigrationAdapter } from "./adapter";
import { readSchema } from "./files";

type Bindings = typeof import("@prisma/schema-engine-wasm/schema_engine_bg");
type Imports = Record<string, (...args: unknown[]) => unknown>;

const MODULE = "@prisma/schema-engine-wasm/schema_engine_bg";

// The bindings keep the instance in a module variable: one per process.
let loading: Promise<Bindings> | undefined;

async function load(): Promise<Bindings> {
  const bindings: Bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const file = path.join(path.dirname(createRequire(import.meta.url).resolve(MODULE)), "schema_engine_bg.wasm");
  const imports: Imports = {};
  for (const [name, value] of Object.entries(bindings)) {
    if (typeof value !== "function") continue;
    const call = value as (...args: unknown[]) => unknown; // wasm-bindgen's glue: only the engine knows its arguments
    imports[name] = name.startsWith("__wbg_setTimeout") ? unreferenced(call) : call;
  }

  // The engine reports a panic through this global.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      message: "",
      get() {
        return this.message;
      },
      set_message(message: string) {
        this.message = message;
      },
    },
  });
  const { instance } = await WebAssembly.instantiate(await readFile(file), { "./schema_engine_bg.js": imports });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
  return bindings;
}

// Its ten second lock timer would keep a finished process alive.
const unreferenced =
  (call: (...args: unknown[]) => unknown) =>
  (...args: unknown[]) => {
    const timer = call(...args);
    if (typeof timer === "object" && timer !== null && "unref" in timer && typeof timer.unref === "function")
      timer.unref();
    return timer;
  };

/** Runs `use` with Prisma's schema engine, the WebAssembly one: it needs no binary that an install script downloads. */
export async function withEngine<T>(url: string, use: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  loading ??= load();
  const bindings = await loading;
  const adapter = new MigrationAdapter(url);
  try {
    const schema = await readSchema();
    const datamodels = schema.map(({ path: name, content }): [string, string] => [name, content]);
    const factory = bindMigrationAwareSqlAdapterFactory(adapter);
    const engine = await bindings.SchemaEngine.new({ datamodels }, () => {}, factory);
    return await use(engine);
  } finally {
    await adapter.end();
  }
}
