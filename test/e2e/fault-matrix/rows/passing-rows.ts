import type { FaultName } from '../../../../local/simulator/faults/fault-rule.ts';
import { alike, broken, countTo, type FaultRow, middle, refused, type SeenFault, served } from '../fault-row.ts';
import { seen } from '../seen-faults.ts';

/** Tried once more, on any account, and told when it happens again. */
const triedTwice = (fault: FaultName, error: SeenFault, name: string = fault): FaultRow =>
  alike(name, { fault }, refused(error, 2));
/** Told at once: no account could do better. */
const toldAtOnce = (fault: FaultName, error: SeenFault): FaultRow => alike(fault, { fault }, refused(error, 1));
const harmless = (fault: FaultName, more: object = {}): FaultRow =>
  alike(fault, { fault, after: middle, ...more }, served());
/** After the first tokens: told in the stream, or tried again behind the back of who waits for the whole. */
const midway = (name: string, fault: FaultName, error: SeenFault, more: object = {}): FaultRow => ({
  name,
  rule: { fault, after: middle, ...more },
  streamed: broken(error),
  whole: refused(error, 2),
});

const errorFrames = (['object', 'string', 'envelope', 'event'] as const).flatMap((form): readonly FaultRow[] => [
  alike(`error-frame (${form})`, { fault: 'error-frame', form }, refused(seen.unavailable, 2)),
  midway(`error-frame (${form}) after tokens`, 'error-frame', seen.unavailable, { form }),
]);

const withheld = { text: countTo(middle), finish: 'content-filter', attempts: 1, state: 'ok' } as const;

/** What is nobody's account's fault, and leaves every account as it was. */
export const passingRows: readonly FaultRow[] = [
  triedTwice('internal-500', seen.unavailable),
  triedTwice('gateway-502', seen.unavailable),
  triedTwice('gateway-503', seen.unavailable),
  triedTwice('gateway-504', seen.unavailable),
  triedTwice('reset', seen.unavailable, 'reset before the head'),
  triedTwice('hang-up', seen.unavailable, 'hang-up before the head'),
  harmless('slow-head', { ms: 30 }),
  triedTwice('internal-200', seen.unavailable),
  triedTwice('bad-request-internal', seen.unavailable),
  triedTwice('success-without-answer', seen.unavailable),
  triedTwice('unknown-code', seen.unavailable),
  triedTwice('chat-in-progress', seen.busy),
  triedTwice('chat-not-found', seen.chatGone),
  triedTwice('chat-not-exist', seen.chatGone),
  triedTwice('parent-not-found', seen.chatGone),
  toldAtOnce('model-not-found', seen.modelGone),
  toldAtOnce('validation-error', seen.rejected),
  toldAtOnce('bad-request-too-many-messages', seen.rejected),
  toldAtOnce('bad-request-something-wrong', seen.rejected),
  toldAtOnce('data-inspection-input', seen.filtered),
  alike('content-filter-after', { fault: 'content-filter-after' }, refused(seen.filtered, 1)),
  alike('content-filter-after tokens', { fault: 'content-filter-after', after: middle }, withheld),
  ...errorFrames,
  triedTwice('native-tool-intercepted', seen.intercepted),
  alike('cut (FIN) before tokens', { fault: 'cut-after' }, refused(seen.unavailable, 2)),
  alike('cut (RST) before tokens', { fault: 'reset-after' }, refused(seen.unavailable, 2)),
  midway('cut (FIN) after tokens', 'cut-after', seen.truncated),
  midway('cut (RST) after tokens', 'reset-after', seen.truncated),
  midway('end-without-finish after tokens', 'end-without-finish', seen.truncated),
  harmless('malformed-event'),
  harmless('unknown-phase'),
  harmless('second-response'),
  harmless('snapshots'),
  harmless('no-phase'),
  harmless('legacy-think'),
];
