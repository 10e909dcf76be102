import { describe, expect, it } from 'vitest';
import { ToolCallMissingError } from '../../../shared/chat/errors/answer-faults.ts';
import type { ChatEvent, ChatEvents } from '../../../shared/chat/event.ts';
import type { ToolChoice, ToolUse } from '../../../shared/chat/tool.ts';
import { callFormat } from '../../../shared/tools/call-format.ts';
import { emulateTools } from '../../../shared/tools/emulate-tools.ts';
import { chatRequest } from '../qwen-web/chat-request.ts';

function toolUse(choice: ToolChoice = { type: 'auto' }): ToolUse {
  return { definitions: [{ name: 'look', description: '', parameters: {}, input: 'json' }], choice, parallel: true };
}

async function* answer(...pieces: readonly string[]): ChatEvents {
  for (const text of pieces) yield [{ type: 'text-delta', text }];
  yield [{ type: 'finish', reason: 'stop' }];
}

/** All batches of an answer, as an upstream without tools gives it. */
async function read(events: ChatEvents, tools: ToolUse): Promise<readonly (readonly ChatEvent[])[]> {
  const batches: (readonly ChatEvent[])[] = [];
  const { read: through } = emulateTools(chatRequest({ tools }), callFormat('bracket', 0));
  for await (const batch of through(events)) batches.push(batch);
  return batches;
}

describe('an answer to a request with tools', () => {
  it('has its calls as events, and no batch without any', async () => {
    const batches = await read(answer('[tool_call]', '{"name": "look", ', '"arguments": {}}'), toolUse());
    expect(batches.map((batch) => batch.map(({ type }) => type))).toEqual([
      ['tool-call-start', 'tool-call-delta', 'tool-call-end'],
      ['finish'],
    ]);
    expect(batches.at(-1)).toEqual([{ type: 'finish', reason: 'tool-calls' }]);
  });

  it('passes batch by batch where it is text', async () => {
    expect(await read(answer('Hel', 'lo'), toolUse())).toHaveLength(3);
  });

  it('without a call that was demanded breaks', async () => {
    await expect(read(answer('No.'), toolUse({ type: 'required' }))).rejects.toThrow(ToolCallMissingError);
  });
});
