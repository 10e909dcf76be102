import type { FaultRule } from '../../../local/simulator/faults/fault-rule.ts';
import { type Asked, chatAsks } from '../support/chat-asks.ts';
import type { World } from '../support/world.ts';

/** What the upstream does, or the request says, and the code that every chat route answers with. */
interface ChatFault {
  readonly code: string;
  readonly asked?: Partial<Asked>;
  readonly fault?: FaultRule;
  readonly script?: string;
}

const faults: readonly ChatFault[] = [
  { code: 'model_not_found', asked: { model: 'nobody-makes-this' } },
  { code: 'unsupported_parameter', asked: { unsupported: true } },
  { code: 'file_not_found', asked: { fileId: 'file-0123456789abcdef0123456789abcdef0123' } },
  { code: 'invalid_media', asked: { image: 'data:image/png;base64,bm8gcGljdHVyZQ==' } },
  { code: 'content_filter', fault: { fault: 'data-inspection-input' } },
  { code: 'upstream_rejected', fault: { fault: 'validation-error' } },
  { code: 'chat_busy', fault: { fault: 'chat-in-progress', times: 2 } },
  { code: 'chat_not_found', fault: { fault: 'chat-not-found', times: 2 } },
  { code: 'upstream_unavailable', fault: { fault: 'internal-500', times: 2 } },
  { code: 'upstream_tool_intercepted', fault: { fault: 'native-tool-intercepted', times: 2 } },
  { code: 'upstream_truncated', fault: { fault: 'cut-after', after: 3, times: 2 } },
  { code: 'tool_call_missing', asked: { tool: true } },
  { code: 'tool_call_invalid', asked: { tool: true }, script: '<tool_call>{"name": "weather", "arguments": {"city": ' },
  { code: 'structured_output_invalid', asked: { json: true } },
  { code: 'context_length_exceeded', asked: { model: 'qwen3.5-omni-plus', text: 'word '.repeat(230_000) } },
];

/** Every fault on every chat route. Where an answer has begun before, the error is within the stream. */
export async function errorsOfChats(world: World): Promise<void> {
  const { control } = world.gateway.simulator;
  for (const { code, asked = {}, fault, script } of faults) {
    for (const [key, ask] of Object.entries(chatAsks)) {
      if (fault !== undefined) control.fault(fault);
      if (script !== undefined) control.script({ text: script, times: 3 });
      const call = ask({ text: 'repeat: one two three four five six', ...asked });
      const begins = key.includes(':stream') && streamed.has(code);
      if (begins) await world.good(key, call);
      else await world.refused(key, code, call);
      control.heal();
    }
  }
}

/** Known only when a part of the answer has been passed on. */
const streamed: ReadonlySet<string> = new Set(['upstream_truncated']);
