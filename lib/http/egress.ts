import { lookup } from "node:dns/promises";
import { AppError } from "@/lib/errors";
import { isAllowed, isGlobalUnicast, isMetadata, parseAddress, parseAllowed } from "./addresses";

/** What the operator lets us reach besides the public internet: CIDRs, hosts, host:port. */
export type EgressPolicy = { allowPrivate: readonly string[] };

/** How a name becomes addresses; replaced in tests. */
export type Resolve = (hostname: string) => Promise<readonly Resolved[]>;
export type Resolved = { address: string; family: number };

const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true, order: "verbatim" });

/** Checks made before and at the moment of connecting. */
export type Egress = {
  /** Throws unless the URL is plain http or https without credentials in it. */
  checkUrl(url: URL): void;
  /** The addresses to connect to, all of them vetted; throws when a single one may not be reached. */
  vet(hostname: string, port: string): Promise<readonly Resolved[]>;
  /** Whether the operator has allowed this host by its name, wherever that leads. */
  isNamed(hostname: string, port: string): boolean;
};

/** The egress rules for one policy. One bad address among several refuses the name: it is how rebinding begins. */
export function createEgress({ allowPrivate }: EgressPolicy, resolve: Resolve = resolveBySystem): Egress {
  const allowed = allowPrivate.map((entry) => {
    const parsed = parseAllowed(entry);
    if (!parsed) throw new AppError("misconfigured", `"${entry}" is neither a network nor a host of the allow-list.`);
    return parsed;
  });

  return {
    isNamed(hostname, port) {
      const name = hostname.toLowerCase().replace(/\.$/, "");
      if (parseAddress(name)) return false;
      return allowed.some((one) => "host" in one && one.host === name && (one.port === null || one.port === port));
    },

    checkUrl(url) {
      if (url.protocol !== "http:" && url.protocol !== "https:") {
        throw refusal(`Only http and https addresses may be called, not ${url.protocol}//`);
      }
      if (url.username || url.password) throw refusal("An address may not contain a user name or a password.");
    },

    async vet(hostname, port) {
      const name = hostname.toLowerCase().replace(/\.$/, "");
      const literal = parseAddress(name);
      const resolved = literal
        ? [{ address: literal.toString(), family: literal.kind() === "ipv4" ? 4 : 6 }]
        : await resolve(name);
      if (resolved.length === 0) throw Object.assign(new Error("no address"), { code: "ENOTFOUND" });

      for (const { address } of resolved) {
        const parsed = parseAddress(address);
        const isFine =
          parsed && !isMetadata(parsed) && (isGlobalUnicast(parsed) || isAllowed(allowed, parsed, name, port));
        if (!isFine) {
          throw refusal(
            `${hostname} is on a private network. An operator can allow it in FAULTLINE_ALLOW_PRIVATE_NETWORKS.`,
          );
        }
      }
      return resolved;
    },
  };
}

const refusal = (message: string) => new AppError("egress_refused", message);
