import { startProgram } from '../programs/start-program.ts';
import type { Contender } from './contender.ts';
import { type Gateway, type GatewayOptions, startGateway } from './gateway.ts';

export interface Contenders {
  /** The upstream asked directly: what is taken off the times of the others. */
  readonly direct: Contender;
  readonly pipe: Contender;
  readonly floor: Contender;
  readonly gateway: Gateway;
}

/** Starts all contenders in front of one upstream, each in a process of its own. */
export async function startContenders(options: GatewayOptions): Promise<Contenders> {
  const { upstreamUrl } = options;
  const direct: Contender = {
    name: 'direct to the upstream',
    url: `${upstreamUrl}/api/v2/chat/completions?chat_id=bench`,
    headers: {},
    close: () => Promise.resolve(),
  };
  const [pipe, floor, gateway] = await Promise.all([
    startProgram('contenders/pipe-server.ts', upstreamUrl),
    startProgram('contenders/floor-server.ts', upstreamUrl),
    startGateway(options),
  ]);
  return {
    direct,
    pipe: { ...pipe, name: 'bare Node pipe (one upstream call)', headers: {} },
    floor: { ...floor, name: 'floor (undici, two calls)', headers: {} },
    gateway,
  };
}
