/** A failure whose message is all that a person needs: it is printed without a stack. */
export class Failure extends Error {
  name = "Failure";
}

/** Runs a command's main function; a Failure becomes a sentence and exit code 1. */
export async function main(run) {
  try {
    const code = await run();
    if (typeof code === "number") process.exitCode = code;
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
