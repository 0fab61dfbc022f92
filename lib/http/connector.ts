import { createHash } from "node:crypto";
import { Agent, buildConnector } from "undici";
import { createEgress, type Egress, type EgressPolicy } from "./egress";
import { connectThrough } from "./proxy";
import { checkPin, type Trust, tlsOptions } from "./tls";

/** What leads to a host beside the straight way. */
export type Leading = { tls?: Trust | undefined; proxy?: string | undefined };

const agents = new Map<string, Agent>();
const mostAgents = 200;

/** The agent for a policy and a way: shared, so that connections are reused by the steps of a job. */
export function agentFor(policy: EgressPolicy, leading: Leading = {}): Agent {
  // A digest, because a proxy's address may hold a password.
  const key = createHash("sha256")
    .update(JSON.stringify([policy.allowPrivate, leading.tls, leading.proxy]))
    .digest("base64");
  const known = agents.get(key);
  const agent = known ?? createAgent(createEgress(policy), leading);
  agents.delete(key);
  agents.set(key, agent);
  const [oldest] = agents;
  // Ways that were tried once must not be kept for ever; what runs over the oldest ends in peace.
  if (agents.size > mostAgents && oldest) {
    agents.delete(oldest[0]);
    oldest[1].close().catch(() => {});
  }
  return agent;
}

/**
 * An agent that vets at the only moment that counts: when a socket is opened. Names and address literals both pass
 * here, and the socket goes to the very addresses that were vetted; a second resolution could answer differently. No
 * byte of a request is written before the certificate has been checked.
 */
export function createAgent(egress: Egress, { tls, proxy }: Leading = {}): Agent {
  return new Agent({
    pipelining: 1,
    connect(options, callback) {
      const { hostname, protocol } = options;
      const port = options.port || defaultPort(protocol);
      const trust = tls && isHost(tls, options) ? tls : undefined;
      const checked: buildConnector.Callback = (...answer) => {
        const [error, socket] = answer;
        const doubt = error ? null : checkPin(socket, trust);
        if (!doubt) return callback(...answer);
        socket?.destroy();
        callback(doubt, null);
      };

      if (proxy !== undefined) {
        connectThrough(egress, proxy, hostname, port).then(
          (httpSocket) => {
            if (protocol !== "https:") return checked(null, httpSocket);
            const connect = buildConnector({ timeout: 10_000, ...tlsOptions(trust) });
            connect({ ...options, httpSocket }, checked);
          },
          (error) => callback(error, null),
        );
        return;
      }
      egress.vet(hostname, port).then(
        (addresses) => {
          const connect = buildConnector({
            timeout: 10_000,
            ...tlsOptions(trust),
            lookup(_hostname, { all }, answer) {
              const first = addresses[0];
              if (all || !first) answer(null, [...addresses]);
              else answer(null, first.address, first.family);
            },
          });
          connect(options, checked);
        },
        (error) => callback(error, null),
      );
    },
  });
}

const defaultPort = (protocol: string) => (protocol === "https:" ? "443" : "80");

/** Whether it is the host that the trust is for; both are written as addresses write them. */
const isHost = (trust: Trust, { hostname, port, protocol }: { hostname: string; port: string; protocol: string }) =>
  new URL(`${protocol}//${hostname}${port ? `:${port}` : ""}`).host === trust.host;
