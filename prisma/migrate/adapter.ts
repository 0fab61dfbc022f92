import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum, type SqlQuery } from "@prisma/driver-adapter-utils";
import pg from "pg";

type Adapter = Awaited<ReturnType<PrismaPg["connect"]>>;
type WithPrivateIo = { performIO(query: SqlQuery): Promise<{ fields?: { dataTypeID: number }[] }> };

const OID_CHAR = 18;
const OID_TEXT = 25;

/** Mends what adapter-pg 7.10.0 does wrong when it serves the schema engine instead of the query engine. */
function mend(adapter: Adapter): Adapter {
  const inner = adapter as unknown as WithPrivateIo; // performIO is private in its types; there is no other seam
  const performIO = inner.performIO.bind(inner);
  const queryRaw = adapter.queryRaw.bind(adapter);
  const charColumns = new WeakMap<SqlQuery, number[]>();

  // The catalog's own type "char" is unknown to it, so that every introspection would fail.
  inner.performIO = async (query) => {
    const result = await performIO(query);
    const found: number[] = [];
    result.fields?.forEach((field, index) => {
      if (field.dataTypeID !== OID_CHAR) return;
      field.dataTypeID = OID_TEXT;
      found.push(index);
    });
    charColumns.set(query, found);
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns.get(query) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };

  // Its own splits at every semicolon, those in function bodies and texts included.
  adapter.executeScript = async (sql) => {
    await adapter.underlyingDriver().query(sql);
  };
  return adapter;
}

/** The connections of one run of the schema engine. */
export class MigrationAdapter extends PrismaPg {
  readonly #settings: pg.PoolConfig;
  readonly #opened: Adapter[] = [];

  constructor(url: string) {
    // Given a connection string, its shadow database would be the real one; pg resolves the string into its parts.
    const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: url });
    const settings = { host, port, user, password, database, ssl, max: 4 };
    super(settings);
    this.#settings = settings;
  }

  override async connect(): Promise<Adapter> {
    const adapter = mend(await super.connect());
    this.#opened.push(adapter);
    return adapter;
  }

  /** Its own drops the shadow database before it closes the connection to it, which PostgreSQL refuses. */
  override async connectToShadowDb(): Promise<Adapter> {
    const database = `shadow_${randomUUID()}`;
    const main = await this.connect();
    await main.executeScript(`CREATE DATABASE "${database}"`);
    const shadow = mend(await new PrismaPg({ ...this.#settings, database }).connect());
    const close = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await close();
      await main.executeScript(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
    };
    return shadow;
  }

  /** Closes what the engine left open; it would hold Prisma's advisory lock for ten more seconds. */
  async end(): Promise<void> {
    await Promise.allSettled(this.#opened.map((adapter) => adapter.underlyingDriver().ended || adapter.dispose()));
  }
}
