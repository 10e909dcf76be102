/*
 * The part of undici that the gateway uses. Importing the whole package costs twice the start-up time, and undici has no
 * types for its parts, so its types are taken from the whole.
 */

declare module 'undici/lib/dispatcher/agent.js' {
  import type { Agent } from 'undici';

  const agentClass: typeof Agent;
  export = agentClass;
}
