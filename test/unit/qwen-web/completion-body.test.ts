import { describe, expect, it } from 'vitest';
import type { ResolvedFeatures } from '../../../shared/chat/upstream.ts';
import { chatBody } from '../../../shared/upstreams/qwen-web/chat-body.ts';
import { completionBody } from '../../../shared/upstreams/qwen-web/completion-body.ts';
import { fixtureJson } from './fixtures.ts';

const chatId = '7b1f0c2e-3d44-4a8e-9a51-5f0d6c2b9e10';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

type Body = Record<string, unknown> & { readonly messages: readonly Record<string, unknown>[] };

/** A body without what differs from one request to the next. */
function steady(body: object): object {
  const withoutChance = JSON.stringify(body, (key, value: unknown) => {
    if (key === 'timestamp' || key === 'fid') return typeof value;
    return key === 'childrenIds' && Array.isArray(value) ? value.length : value;
  });
  return JSON.parse(withoutChance);
}

function body(content: string, features: ResolvedFeatures, parentId: string | null = null): object {
  return completionBody({ chatId, parentId, model: 'qwen3.7-plus', content, files: [], features });
}

const plain = { thinking: false, search: false };
const picture = {
  type: 'image',
  url: 'https://cdn.qwenlm.ai/output/6f0c8f2e-aaaa-4bbb-8ccc-0123456789ab/t2i/7b1f0c2e-3d44-4a8e-9a51-5f0d6c2b9e10/1f5c.png?key=TEST_KEY',
};
const pictureQuestion = { chatId, parentId: null, model: 'qwen3.7-plus', features: plain };

describe('the body of a completion', () => {
  it.each([
    ['completion-t2t-fast', body('Hello', { thinking: false, search: false })],
    ['completion-t2t-thinking', body('Hello', { thinking: true, thinkingBudget: 81920, search: false })],
    ['completion-search', body('What is the newest stable release of Example?', { thinking: true, search: true })],
    [
      'completion-t2t-followup',
      body('And now shorter.', { thinking: true, search: false }, 'c4a2f6d8-7e19-4b3b-a0d5-2f9e61b7c302'),
    ],
    [
      'completion-t2i',
      completionBody({
        ...pictureQuestion,
        content: 'A simple blue circle on a white background',
        files: [],
        output: 'image',
        aspectRatio: '16:9',
      }),
    ],
    [
      'completion-image-edit-short-file',
      completionBody({
        ...pictureQuestion,
        content: 'Turn the blue circle into a red square',
        files: [picture],
        output: 'image-edit',
      }),
    ],
  ])('is as in %s', (fixture, made) => {
    expect(steady(made)).toEqual(steady(fixtureJson<Body>(`requests/${fixture}.json`)));
  });

  it('searches without thinking when only that is wanted, and has no budget then', () => {
    expect(body('x', { thinking: false, thinkingBudget: 9, search: true })).toMatchObject({
      messages: [
        {
          chat_type: 'search',
          feature_config: { thinking_enabled: false, thinking_mode: 'Fast', auto_search: true, search_version: 'v2' },
        },
      ],
    });
    expect(JSON.stringify(body('x', { thinking: false, thinkingBudget: 9, search: true }))).not.toMatch(/budget/);
  });

  it('has fresh ids and the time in seconds', () => {
    const made: Body = JSON.parse(JSON.stringify(body('x', { thinking: false, search: false })));
    const [message] = made.messages;
    expect(message?.fid).toMatch(uuid);
    expect(message?.childrenIds).toEqual([expect.stringMatching(uuid)]);
    expect(String(made.timestamp)).toMatch(/^\d{10}$/);
  });
});

it('makes a chat as in chats-new', () => {
  const made = chatBody('qwen3.7-plus', 'New Chat', 't2t');
  expect(steady(made)).toEqual(steady(fixtureJson<object>('requests/chats-new.json')));
  expect(made).toHaveProperty('timestamp', expect.any(Number));
  expect(JSON.stringify(made)).toMatch(/"timestamp":\d{13}/);
});
