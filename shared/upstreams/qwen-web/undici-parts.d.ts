/*
 * The parts of undici that the gateway uses. Importing the whole package costs twice the start-up time, and undici has
 * no types for its parts, so their types are taken from the whole.
 */

declare module 'undici/lib/dispatcher/agent.js' {
  import type { Agent } from 'undici';

  const agentClass: typeof Agent;
  export = agentClass;
}

declare module 'undici/lib/dispatcher/pool.js' {
  import type { Pool } from 'undici';

  const poolClass: typeof Pool;
  export = poolClass;
}

declare module 'undici/lib/dispatcher/proxy-agent.js' {
  import type { ProxyAgent } from 'undici';

  const proxyAgentClass: typeof ProxyAgent;
  export = proxyAgentClass;
}

declare module 'undici/lib/dispatcher/socks5-proxy-agent.js' {
  import type { Socks5ProxyAgent } from 'undici';

  const socks5ProxyAgentClass: typeof Socks5ProxyAgent;
  export = socks5ProxyAgentClass;
}

declare module 'undici/lib/api/api-connect.js' {
  import type { Dispatcher } from 'undici';

  /** What undici's index attaches to every dispatcher as its method `connect`. */
  const connect: Dispatcher['connect'];
  export = connect;
}
