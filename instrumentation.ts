/** Called by Next once for each runtime; what needs Node stays out of the other bundles. */
export async function register() {
  if (process.env.NEXT_RUNTIME === "nodejs") await (await import("./instrumentation.node")).start();
}
