import { describe, expect, it } from 'vitest';
import { ToolCallInvalidError, ToolInterceptedError } from '../../../shared/chat/errors/answer-faults.ts';
import { AnswerAttempts } from '../../../shared/tools/answer-attempts.ts';
import { chatRequest } from '../qwen-web/chat-request.ts';

const definition = { name: 'get_weather', description: '', parameters: {}, input: 'json' } as const;
const request = chatRequest({ tools: { definitions: [definition], choice: { type: 'auto' }, parallel: true } });

/** The markup that an attempt asks for. */
function askedFor(attempts: AnswerAttempts): string {
  return /Tools are called between (\S+)/.exec(attempts.next().request.reminder ?? '')?.[1] ?? '';
}

describe('attempts at a request with tools', () => {
  it('ask in another markup once the platform has intercepted one', () => {
    const attempts = new AnswerAttempts(request, 'bracket');
    expect(askedFor(attempts)).toBe('[tool_call]');
    attempts.failed(new Error('of another kind'));
    expect(askedFor(attempts)).toBe('[tool_call]');
    attempts.failed(new ToolInterceptedError('intercepted'));
    expect(askedFor(attempts)).toBe('```tool_call');
    attempts.failed(new ToolInterceptedError('intercepted'));
    expect(askedFor(attempts)).toBe('<tool_call>');
    attempts.failed(new ToolInterceptedError('intercepted'));
    expect(askedFor(attempts)).toBe('[tool_call]');
  });

  it('begin with the markup of the setting', () => {
    expect(askedFor(new AnswerAttempts(request, 'tag'))).toBe('<tool_call>');
    expect(askedFor(new AnswerAttempts(request, 'fence'))).toBe('```tool_call');
  });

  it('tell the model why its last answer was no good', () => {
    const attempts = new AnswerAttempts(request, 'bracket');
    attempts.failed(new ToolCallInvalidError('There is no tool get_wether.'));
    expect(attempts.next().request.reminder).toMatch(/Tools are called.*There is no tool get_wether\./);
  });

  it('keep that for themselves until another answer is no good', () => {
    const attempts = new AnswerAttempts(chatRequest({ reminder: 'In French.' }), 'bracket');
    attempts.failed(new ToolCallInvalidError('No JSON.'));
    attempts.failed(new Error('The line broke.'));
    const { reminder = '' } = attempts.next().request;
    expect(reminder).toMatch(/^In French\. .*No JSON\./);
    expect(reminder).not.toContain('The line broke.');
    attempts.failed(new ToolCallInvalidError('Still none.'));
    expect(attempts.next().request.reminder).not.toContain('No JSON.');
  });

  it('say nothing more when nothing was wrong with the answer itself', () => {
    const attempts = new AnswerAttempts(chatRequest({ reminder: 'In French.' }), 'bracket');
    attempts.failed(new ToolInterceptedError('intercepted'));
    expect(attempts.next().request.reminder).toBe('In French.');
  });

  it('tell it also where there are no tools', () => {
    const attempts = new AnswerAttempts(chatRequest(), 'bracket');
    expect(attempts.next().request.reminder).toBeUndefined();
    attempts.failed(new ToolCallInvalidError('No JSON.'));
    expect(attempts.next().request.reminder).toMatch(/^An earlier answer.*No JSON\./);
  });
});
