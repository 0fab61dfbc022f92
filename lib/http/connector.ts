import { Agent, buildConnector } from "undici";
import { createEgress, type Egress, type EgressPolicy } from "./egress";

const agents = new Map<string, Agent>();

/** The agent for a policy: shared, so that connections are reused by the steps of a job. */
export function agentFor(policy: EgressPolicy): Agent {
  const key = JSON.stringify(policy.allowPrivate);
  const agent = agents.get(key) ?? createAgent(createEgress(policy));
  agents.set(key, agent);
  return agent;
}

/**
 * An agent that vets at the only moment that counts: when a socket is opened. Names and address literals both pass
 * here, and the socket goes to the very addresses that were vetted; a second resolution could answer differently.
 */
export function createAgent(egress: Egress): Agent {
  return new Agent({
    pipelining: 1,
    connect(options, callback) {
      egress.vet(options.hostname, options.port || defaultPort(options.protocol)).then(
        (addresses) => {
          const connect = buildConnector({
            timeout: 10_000,
            lookup(_hostname, { all }, answer) {
              const first = addresses[0];
              if (all || !first) answer(null, [...addresses]);
              else answer(null, first.address, first.family);
            },
          });
          connect(options, callback);
        },
        (error) => callback(error, null),
      );
    },
  });
}

const defaultPort = (protocol: string) => (protocol === "https:" ? "443" : "80");
