import { expect, it } from "vitest";
import { pool } from "./client";

it("[K7] a connection that dies in somebody's hands fails the next statement, not the process", async () => {
  const client = await pool.connect();
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const gone = new Promise<void>((done) => client.once("end", done));
  await pool.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
  await gone;
  await expect(client.query("select 1")).rejects.toThrow();
  client.release(true);
});
