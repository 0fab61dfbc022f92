import { spawn } from "node:child_process";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import path from "node:path";

/** Runs one of PostgreSQL's programs as its owner. */
export function runProgram({ bin, owner }, program, args) {
  return new Promise((resolve) => {
    const child = spawn(path.join(bin, program), args, {
      ...owner,
      cwd: path.parse(bin).root,
      env: { PATH: process.env.PATH, LC_ALL: "C.UTF-8", TZ: "UTC" },
      // A session of its own: Ctrl-C in the terminal is ours to pass on.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.once("error", (error) => resolve({ code: -1, output: `${error.message}\n${output}` }));
    // "exit", not "close": the server that pg_ctl leaves behind may hold the pipes.
    child.once("exit", (code) => {
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ code: code ?? -1, output });
    });
  });
}

/** pg_ctl on the server's cluster. */
export const pgCtl = (server, args) => runProgram(server, "pg_ctl", [...args, "-D", server.dir]);

/** The end of the server's log. */
export function serverLog(dir) {
  let file;
  try {
    file = openSync(path.join(dir, "server.log"), "r");
    const { size } = fstatSync(file);
    const buffer = Buffer.alloc(Math.min(size, 2000));
    readSync(file, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString();
  } catch {
    return "";
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
