import { describe, expect, it } from 'vitest';
import { writeAnthropicError } from '../../../../shared/dialects/anthropic/error-body.ts';
import { asked, refusal } from './asked.ts';

describe('a plain request', () => {
  it('is read', () => {
    const { request, stream } = asked();
    expect(stream).toBe(false);
    expect(request).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
      features: {},
      limits: { maxOutputTokens: 100, stopSequences: [] },
      format: { type: 'text' },
      tools: { definitions: [], choice: { type: 'none' }, parallel: true },
    });
  });

  it('is streamed when it says so', () => {
    expect(asked({ stream: true }).stream).toBe(true);
    expect(asked({ stream: null }).stream).toBe(false);
  });

  it('needs no limit', () => {
    expect(asked({ max_tokens: undefined }).request.limits).toEqual({ stopSequences: [] });
  });

  it('ignores what it does not know, wherever it stands', () => {
    const cached = { cache_control: { type: 'ephemeral', ttl: '1h' } };
    const { request } = asked({
      temperature: 7,
      top_k: 'x',
      metadata: { user_id: 3 },
      context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
      safeguards: [{ type: 'anything' }],
      service_tier: 'auto',
      betas: ['x'],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'hi', ...cached }], output_config: {} }],
    });
    expect(request).toEqual(asked().request);
  });

  it('takes null for everything that is optional', () => {
    const names = ['system', 'stream', 'stop_sequences', 'tools', 'tool_choice', 'thinking', 'output_config', 'thread'];
    const nulls = Object.fromEntries(names.map((name) => [name, null]));
    expect(asked(nulls).request).toEqual(asked().request);
  });

  it('drops stop sequences without a character', () => {
    expect(asked({ stop_sequences: ['', 'END', '\n'] }).request.limits.stopSequences).toEqual(['END', '\n']);
  });
});

describe('system', () => {
  const systemOf = (system: unknown) => asked({ system }).request.messages.slice(0, -1);

  it('is a string or blocks', () => {
    const words = [{ role: 'system', content: 'Be brief.\n\nBe kind.' }];
    expect(systemOf('Be brief.\n\nBe kind.')).toEqual(words);
    expect(
      systemOf([
        { type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } },
        { type: 'text', text: 'Be kind.' },
      ]),
    ).toEqual(words);
  });

  it('loses the billing header, which changes with every prompt', () => {
    const header = { type: 'text', text: 'x-anthropic-billing-header: cc_version=1.2.3; cc_entrypoint=cli;' };
    expect(systemOf([header, { type: 'text', text: 'Be brief.' }])).toEqual([{ role: 'system', content: 'Be brief.' }]);
    expect(systemOf([{ type: 'text', text: 'Be brief.' }, header])).toEqual([
      { role: 'system', content: `Be brief.\n\n${header.text}` },
    ]);
    expect(systemOf([header])).toEqual([]);
  });

  it('is no message when it is empty', () => {
    expect(systemOf('')).toEqual([]);
    expect(systemOf([])).toEqual([]);
  });
});

describe('thinking', () => {
  const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'x' }] };

  it.each([
    ['absent', {}, {}],
    ['enabled', { thinking: { type: 'enabled', budget_tokens: 1024 } }, { thinking: true, thinkingBudget: 1024 }],
    ['disabled', { thinking: { type: 'disabled' } }, { thinking: false }],
    ['adaptive', { thinking: { type: 'adaptive', display: 'omitted' } }, { thinking: true }],
    ['adaptive with effort', { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } }, { thinking: true }],
    [
      'adaptive with low effort',
      { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
      { thinking: false },
    ],
    ['effort alone', { output_config: { effort: 'low' } }, {}],
    ['between tools, at the beginning', { thinking: { type: 'between_tools' } }, { thinking: false }],
    [
      'between tools, after one',
      { thinking: { type: 'between_tools' }, messages: [result, { role: 'system', content: 'x' }] },
      { thinking: true },
    ],
    ['of a later kind', { thinking: { type: 'sometimes' } }, {}],
  ])('%s', (_name, body, features) => {
    expect(asked(body).request.features).toEqual(features);
  });
});

describe('the form of the answer', () => {
  const schema = { type: 'object', properties: { title: { type: 'string' } } };
  const format = { type: 'json_schema', schema };

  it('is read from output_config, and from where it stood before', () => {
    const expected = { type: 'json-schema', name: 'answer', schema };
    expect(asked({ output_config: { format } }).request.format).toEqual(expected);
    expect(asked({ output_format: format }).request.format).toEqual(expected);
  });

  it('is text otherwise', () => {
    expect(asked({ output_config: { effort: 'high' } }).request.format).toEqual({ type: 'text' });
    expect(asked({ output_config: { format: null } }).request.format).toEqual({ type: 'text' });
  });
});

describe('a thread', () => {
  it('is refused in the form that makes the SDK send everything again', () => {
    const error = refusal(() => asked({ thread: { type: 'create' } }));
    expect(error).toMatchObject({ status: 400, shouldRetry: false, code: 'unsupported_parameter', param: 'thread' });
    expect(writeAnthropicError(error, 'request-1')).toEqual({
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message: error.message,
        details: { error_code: 'thread_unsupported_request', unsupported: ['thread'] },
      },
      request_id: 'request-1',
    });
  });
});
