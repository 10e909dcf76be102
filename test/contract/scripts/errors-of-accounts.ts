import type { FaultRule } from '../../../local/simulator/faults/fault-rule.ts';
import { chatAsks, errands } from '../support/chat-asks.ts';
import type { World } from '../support/world.ts';

const question = { message: 'repeat: hello' };
const image = 'POST /v1/images/generations';

/** What becomes of the only account, the code for everybody, and the code for those whose chat it owns. */
export interface AccountFault {
  readonly code: string;
  readonly ownCode: string;
  readonly fault: FaultRule;
}

export const accountFaults: readonly AccountFault[] = [
  { code: 'rate_limit_exceeded', ownCode: 'rate_limit_exceeded', fault: { fault: 'http-429' } },
  { code: 'rate_limit_exceeded', ownCode: 'upstream_empty_answer', fault: { fault: 'system-role-no-answer' } },
  { code: 'insufficient_quota', ownCode: 'insufficient_quota', fault: { fault: 'rate-limited', num: 8 } },
  { code: 'accounts_challenged', ownCode: 'account_challenged', fault: { fault: 'rgv587' } },
  { code: 'accounts_signed_out', ownCode: 'account_signed_out', fault: { fault: 'unauthorized-401', times: 2 } },
  { code: 'accounts_disabled', ownCode: 'account_unusable', fault: { fault: 'account-pending' } },
];

/** Everybody is told when the only account can't be used, and why. */
export async function errorsOfAccount(world: World, { code, ownCode, fault }: AccountFault): Promise<void> {
  const { chatId } = (await world.good('POST /api/chat', { body: question })).json;
  const { control } = world.gateway.simulator;
  control.fault(fault);
  await world.refused('POST /api/chat', ownCode, { body: { ...question, chatId } });
  for (const [key, call] of Object.entries(errands)) {
    // What is no chat has waits of its own.
    if (key in chatAsks || code.startsWith('accounts')) await world.refused(key, code, call);
    else await world.either(key, code, call);
  }
  const path = { id: chatId };
  await world.either('GET /api/chats/{id}', code, { path });
  await world.either('PUT /api/chats/{id}/rename', code, { path, body: { name: 'Ships' } });
  await world.either('DELETE /api/chats/{id}', code, { path });
  control.heal();
}

/** Nobody is there to ask. */
export async function errorsOfNoAccount(world: World): Promise<void> {
  for (const [key, call] of Object.entries(errands)) await world.refused(key, 'no_accounts', call);
  const models = ['GET /v1/models', 'GET /v1/models/{model}', 'GET /v1beta/models', 'GET /v1beta/models/{model}'];
  for (const key of [...models, 'GET /api/models', 'GET /models']) await world.either(key, 'no_accounts');
  await world.either('POST /v1/videos', 'no_accounts', { body: { prompt: 'A boat' } });
}

/** The upstream says nothing, or nothing but that it is there. */
export async function errorsOfSilence(world: World): Promise<void> {
  const { control } = world.gateway.simulator;
  const calls = Object.keys(chatAsks)
    .concat(image)
    .map((key) => [key, errands[key]] as const);
  control.fault({ fault: 'stall-before-head', times: 1000 });
  await Promise.all(calls.map(([key, call]) => world.refused(key, 'upstream_stalled', call)));
  control.heal();
  control.fault({ fault: 'internal-500', route: 'any', times: 1000 });
  const others = ['POST /api/chats', 'POST /api/files/sign', 'POST /api/files/getstsToken'];
  for (const key of [...others, image]) await world.refused(key, 'upstream_unavailable', errands[key]);
  control.heal();
}
