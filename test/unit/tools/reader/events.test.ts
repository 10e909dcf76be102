import { describe, expect, it } from 'vitest';
import { ToolCallInvalidError, ToolCallMissingError } from '../../../../shared/chat/errors/answer-faults.ts';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import { ToolCallReader } from '../../../../shared/tools/reader/tool-call-reader.ts';
import { toolList } from '../../../support/tool-lists.ts';
import { newReader } from './read-answer.ts';

const definitions = toolList('coding-agent');
const finish: ChatEvent = { type: 'finish', reason: 'stop' };
const call = '[tool_call]{"name": "shell", "arguments": {"command": "ls"}}[/tool_call]';

function text(said: string): ChatEvent {
  return { type: 'text-delta', text: said };
}

function ofType<Type extends ChatEvent['type']>(events: readonly ChatEvent[], type: Type): number {
  return events.filter((event) => event.type === type).length;
}

describe('the order of events', () => {
  it('passes on what is not text at once, in order', () => {
    const reader = newReader({ definitions });
    const events: readonly ChatEvent[] = [
      { type: 'start', chatId: 'chat', responseId: 'response' },
      { type: 'reasoning-delta', text: 'I use [tool_call]{"name": "shell"}' },
      { type: 'sources', sources: [] },
      text('Well, '),
      { type: 'usage', usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 } },
    ];
    expect(reader.push(events)).toEqual(events);
  });

  it('keeps reasoning out of what is read as calls', () => {
    const reader = newReader({ definitions });
    expect(reader.push([{ type: 'reasoning-delta', text: call }, finish])).toEqual([
      { type: 'reasoning-delta', text: call },
      finish,
    ]);
  });

  it('gives a call its events, and the finish another reason', () => {
    const reader = new ToolCallReader({ definitions, choice: { type: 'auto' }, parallel: true, newId: () => 'call_1' });
    expect(reader.push([text(call), { ...finish }])).toEqual([
      { type: 'tool-call-start', id: 'call_1', name: 'shell', input: 'json' },
      { type: 'tool-call-delta', text: '{"command":"ls"}' },
      { type: 'tool-call-end' },
      { type: 'finish', reason: 'tool-calls' },
    ]);
  });

  it('gives every call an id of its own', () => {
    const events = newReader({ definitions }).push([text(call + call)]);
    const ids = events.flatMap((event) => (event.type === 'tool-call-start' ? [event.id] : []));
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^call_[\da-f]{32}$/);
  });

  it('leaves other finish reasons and the stop sequence as they are', () => {
    for (const reason of ['length', 'content-filter'] as const) {
      expect(
        newReader({ definitions })
          .push([text(call), { type: 'finish', reason }])
          .at(-1),
      ).toEqual({
        type: 'finish',
        reason,
      });
    }
    const stopped: ChatEvent = { type: 'finish', reason: 'stop', stopSequence: 'END' };
    expect(
      newReader({ definitions })
        .push([text('Hello'), stopped])
        .at(-1),
    ).toEqual(stopped);
  });
});

describe('what is held back', () => {
  it('lets plain text through piece by piece', () => {
    const reader = newReader({ definitions });
    const pieces = ['Hello', ' world', ' a [list]', ' and a < b', ' [1', ' <5', ' [x\n', ' [tool_x', ' [tool\n', ' ～'];
    for (const piece of [...pieces, ` [tool_call=${'x'.repeat(100)}`, ' </div', ' `code']) {
      expect(reader.push([text(piece)])).toEqual([text(piece)]);
    }
  });

  it('holds the beginning of a marker until it is none', () => {
    const reader = newReader({ definitions });
    expect(reader.push([text('See [tool')])).toEqual([text('See ')]);
    expect(reader.push([text('_ca')])).toEqual([]);
    expect(reader.push([text('ke]')])).toEqual([text('[tool_cake]')]);
  });

  it.each(['[', '<tool', '[/tool_c', '[tool_call=read', '< function = "a', '【tool_calls', '``', '[ /invoke'])(
    'holds %s, which may become a marker',
    (piece) => {
      const reader = newReader({ definitions });
      expect(reader.push([text(`Well ${piece}`)])).toEqual([text('Well ')]);
      expect(reader.push([finish])).toEqual([text(piece), finish]);
    },
  );

  it('holds white space before the first word, and drops it before a call', () => {
    expect(newReader({ definitions }).push([text('\n\n'), text(call)])[0]?.type).toBe('tool-call-start');
    expect(newReader({ definitions }).push([text('\n'), text(' Hi')])).toEqual([text('\n Hi')]);
  });

  it('streams the arguments of a long call from the 512th character on', () => {
    const reader = newReader({ definitions });
    const begin = '[tool_call]{"name": "write_file", "arguments": {"path": "a.ts", "content": "';
    expect(reader.push([text(begin + 'x'.repeat(511 - begin.length))])).toEqual([]);
    expect(ofType(reader.push([text('x')]), 'tool-call-start')).toBe(1);
    expect(reader.push([text('one')])).toEqual([{ type: 'tool-call-delta', text: 'one' }]);
    expect(reader.push([text('\n“two”')])).toEqual([{ type: 'tool-call-delta', text: '\\n“two”' }]);
    expect(reader.push([text('"}}')])).toEqual([{ type: 'tool-call-delta', text: '"}' }, { type: 'tool-call-end' }]);
  });

  it.each([
    ['no JSON', '[tool_call]', ' ', 256],
    ['JSON that names no tool', '[tool_call]{"x": "', 'a', 512],
    ['arguments without a name, in a sentence', 'See [tool_call]{"arguments": {"command": "', 'a', 516],
  ])('holds a mark with %s behind it only for a while', (_, begin, filling, length) => {
    const reader = newReader({ definitions });
    const before = ofType(reader.push([text(begin + filling.repeat(length - 1 - begin.length))]), 'text-delta');
    expect(before).toBe(begin.startsWith('See') ? 1 : 0);
    const rest = reader.push([text(filling)]);
    expect(rest.map((event) => (event.type === 'text-delta' ? event.text : event.type)).join('')).toBe(
      begin.replace('See ', '') + filling.repeat(length - begin.length),
    );
  });

  it('ends a call with its last brace, before its end marker', () => {
    const events = newReader({ definitions }).push([text(call.replace('[/tool_call]', ''))]);
    expect(events.map(({ type }) => type)).toEqual(['tool-call-start', 'tool-call-delta', 'tool-call-end']);
  });

  it('holds all text back while a call is required', () => {
    const reader = newReader({ definitions, choice: { type: 'required' } });
    expect(reader.push([text('I will look.\n')])).toEqual([]);
    expect(ofType(reader.push([text(call)]), 'text-delta')).toBe(0);
  });

  it('lets text that came before the limit go on where a call was required', () => {
    const reader = newReader({ definitions, choice: { type: 'required' } });
    const end: ChatEvent = { type: 'finish', reason: 'length' };
    expect(reader.push([text('I will '), end])).toEqual([text('I will '), end]);
  });

  it('lets a JSON answer go on as soon as it is no call', () => {
    const reader = newReader({ definitions });
    expect(reader.push([text('{"na')])).toEqual([]);
    expect(reader.push([text('tion": ')])).toEqual([text('{"nation": ')]);
    expect(reader.push([text('"Norway"}')])).toEqual([text('"Norway"}')]);
  });
});

describe('the check of arguments', () => {
  const unfit = '[tool_call]{"name": "shell", "arguments": {"timeout": 5}}[/tool_call]';

  it('refuses a small call that does not fit, in the words of the check', () => {
    const reader = newReader({ definitions });
    expect(() => reader.push([text(unfit)])).toThrow(ToolCallInvalidError);
    expect(() => newReader({ definitions }).push([text(unfit)])).toThrow(/shell.*command/);
  });

  it('passes it on as it is when something was seen already', () => {
    for (const seen of [text('Well.\n'), { type: 'reasoning-delta', text: 'Well.' } satisfies ChatEvent]) {
      expect(ofType(newReader({ definitions }).push([seen, text(unfit)]), 'tool-call-end')).toBe(1);
    }
  });

  it('passes on what a schema that makes no sense would judge', () => {
    const [tool] = definitions;
    if (tool === undefined) throw new Error('no tool');
    const parameters = { type: 'object', properties: { command: { $ref: '#/$defs/nowhere' } } };
    const events = newReader({ definitions: [{ ...tool, parameters }] }).push([text(call)]);
    expect(ofType(events, 'tool-call-end')).toBe(1);
  });

  it('names the tool that is not declared', () => {
    const unknown = '[tool_call]{"name": "open_door", "arguments": {}}[/tool_call]';
    expect(() => newReader({ definitions }).push([text(unknown)])).toThrow(/open_door/);
  });

  it('tells a call of another tool from no call', () => {
    const choice = { type: 'tool', name: 'read_file' } as const;
    expect(() => newReader({ definitions, choice }).push([text(call)])).toThrow(/shell.*read_file/);
    expect(() => newReader({ definitions, choice }).push([text('No.'), finish])).toThrow(ToolCallMissingError);
  });
});
