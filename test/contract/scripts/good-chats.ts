import { pngUri } from '../../support/sample-files.ts';
import { chatAsks } from '../support/chat-asks.ts';
import type { World } from '../support/world.ts';

/** Every chat route whole, streamed, with thinking, a tool, a picture, and broken off by a limit. */
export async function goodChats(world: World): Promise<void> {
  const call = '<tool_call>{"name": "weather", "arguments": {"city": "Paris"}}</tool_call>';
  for (const [key, ask] of Object.entries(chatAsks)) {
    await world.good(key, ask({ text: 'repeat: hello' }));
    await world.good(key, ask({ text: 'repeat: hello', stream: true }));
    await world.good(key, ask({ text: 'repeat: hello', thinking: true }));
    await world.good(key, ask({ text: 'repeat: hello', thinking: true, stream: true }));
    await world.good(key, ask({ text: 'repeat: one two three four five six', maxTokens: 2 }));
    await world.good(key, ask({ text: 'What is this?', image: pngUri() }));
    for (const stream of [false, true]) {
      world.gateway.simulator.control.script({ text: call });
      await world.good(key, ask({ text: `weather ${stream}`, tool: true, stream }));
    }
  }
  for (const key of ['POST /api/chat', 'POST /api/chat/completions']) {
    await world.good(key, { body: { message: 'A boat', chatType: 't2v', waitForCompletion: false } });
    await world.good(key, { body: { message: 'A boat', chatType: 't2v' } });
    await world.good(key, { body: { message: 'A boat', chatType: 't2i' } });
  }
}

/** The routes that count tokens. */
export async function goodCounts(world: World): Promise<void> {
  const contents = [{ role: 'user', parts: [{ text: 'hello' }] }];
  const messages = [{ role: 'user', content: 'hello' }];
  await world.good('POST /v1/messages/count_tokens', { body: { model: 'any', messages } });
  await world.good('POST /v1/responses/input_tokens', { body: { input: 'hello' } });
  for (const version of ['v1', 'v1beta']) {
    await world.good(`POST /${version}/models/{model}:countTokens`, { body: { contents } });
    await world.good(`POST /${version}/models/{model}:countTokens`, { body: { generateContentRequest: { contents } } });
  }
}
