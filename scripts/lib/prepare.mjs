import { build, isBuilt } from "./build.mjs";
import { generate, isGenerated } from "./generate.mjs";
import { install, isInstalled } from "./install.mjs";
import { withLock } from "./lock.mjs";
import { ensureDataDir } from "./owner.mjs";
import { inRepo } from "./repo.mjs";
import { say, step } from "./say.mjs";

/**
 * Brings the checkout up to date: packages, Prisma client and, where asked for, the build. Only what is missing or stale
 * is made; of two commands in one checkout the second waits and finds it done.
 */
export async function prepare(session, { withBuild = false } = {}) {
  const isReady = () => isInstalled() && isGenerated() && (!withBuild || isBuilt());
  if (isReady()) return;
  ensureDataDir(inRepo(".data"));
  const onWait = (pid) => say(`… waiting for process ${pid}, which prepares this checkout`);
  await withLock(
    inRepo(".data/prepare.lock"),
    async () => {
      if (!isInstalled()) await step("packages", () => install(session));
      if (!isGenerated()) await step("client", () => generate(session));
      if (withBuild && !isBuilt()) await step("build", () => build(session));
    },
    onWait,
  );
}
