import { cpuUsage } from 'node:process';
import type { ChatMessage } from '../../../shared/chat/request.ts';
import { foldMessages } from '../../../shared/upstreams/qwen-web/fold-messages.ts';

/** The best of so many: what the machine does beside is no cost of folding. */
const times = 15;
const messageBytes = 110_000;

/** What folding one conversation costs. */
export interface FoldingCost {
  readonly what: string;
  /** Bytes of the conversation's words. */
  readonly bytes: number;
  readonly files: number;
  /** Bytes of the message that remains, escaped. */
  readonly message: number;
  /** Milliseconds of CPU. */
  readonly milliseconds: number;
}

/** What it takes to measure, split and write conversations of several sizes, without anything that is sent. */
export function measureFolding(): readonly FoldingCost[] {
  return [
    costOf('turns of 4 kB', turns(90_000)),
    costOf('turns of 4 kB', turns(300_000)),
    costOf('turns of 4 kB', turns(1_000_000)),
    costOf('turns of 4 kB', turns(4_000_000)),
    costOf('one paste', [{ role: 'user', content: [{ type: 'text', text: words(1_000_000) }] }]),
    costOf('one paste full of look-alikes', [{ role: 'user', content: [{ type: 'text', text: lookAlikes() }] }]),
  ];
}

function costOf(what: string, messages: readonly ChatMessage[]): FoldingCost {
  let best = Number.POSITIVE_INFINITY;
  const fold = () => foldMessages({ messages, format: { type: 'text' } }, { messageBytes });
  for (let time = 0; time < times; time += 1) {
    const before = cpuUsage();
    fold();
    const { user, system } = cpuUsage(before);
    best = Math.min(best, user + system);
  }
  const { content, documents } = fold();
  return {
    what,
    bytes: messages.reduce((sum, { content: said }) => sum + Buffer.byteLength(textOf(said)), 0),
    files: documents.length,
    message: Buffer.byteLength(JSON.stringify(content)),
    milliseconds: best / 1000,
  };
}

function turns(bytes: number): readonly ChatMessage[] {
  return Array.from({ length: bytes / 4000 }, (_, turn): readonly ChatMessage[] => [
    { role: 'user', content: [{ type: 'text', text: `${turn} ${words(1000)}` }] },
    { role: 'assistant', content: `${turn} ${words(3000)}`, toolCalls: [] },
  ]).flat();
}

function words(bytes: number): string {
  const line = 'The “quick” brown fox\njumps over {"the": "lazy dog"} and goes on.\n';
  return line.repeat(bytes / line.length);
}

function lookAlikes(): string {
  return Array.from({ length: 60_000 }, (_, number) => `#message-${number}#`).join('\n');
}

function textOf(content: ChatMessage['content']): string {
  return typeof content === 'string'
    ? content
    : content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}
