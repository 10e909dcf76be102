/*
 * The two parts of undici that the gateway uses. Importing the whole package costs twice the start-up time, and undici
 * has no types for its parts, so their types are taken from the whole.
 */

declare module 'undici/lib/dispatcher/agent.js' {
  import type { Agent } from 'undici';

  const agentClass: typeof Agent;
  export = agentClass;
}

declare module 'undici/lib/api/api-request.js' {
  import type { Dispatcher } from 'undici';

  /** What undici's index attaches to every dispatcher as its method `request`. */
  function request(this: Dispatcher, options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData>;
  export = request;
}
