import { afterAll, describe, expect, it } from 'vitest';
import type { JsonSchema, ToolDefinition } from '../../../shared/chat/tool.ts';
import { openTokenCounter } from '../../../shared/tokens/open-token-counter.ts';
import { toolSignature } from '../../../shared/tools/tool-signature.ts';
import { markdownTable } from '../../support/markdown-table.ts';
import { type ToolListName, toolList } from '../../support/tool-lists.ts';

const rows: (readonly unknown[])[] = [];

afterAll(() => {
  console.log(markdownTable(['Tokens of the tools of one request', 'JSON', 'signatures', 'saved'], rows));
});

/** As the OpenAI form has a tool: the form that most clients send. */
function asJson({ name, description, parameters }: ToolDefinition): string {
  return JSON.stringify({ type: 'function', function: { name, description, parameters } });
}

/** The tool without any words for people, so that only the structure of its schema is left. */
function withoutWords({ parameters, ...tool }: ToolDefinition): ToolDefinition {
  return { ...tool, description: '', parameters: structureOf(parameters) };
}

function structureOf(schema: JsonSchema): JsonSchema {
  const entries = Object.entries(schema).filter(([name, value]) => name !== 'description' || typeof value !== 'string');
  return Object.fromEntries(
    entries.map(([name, value]) => [name, name === 'properties' ? eachOf(value) : structureOfAny(value)]),
  );
}

/** Properties may be called `description`. */
function eachOf(properties: unknown): object {
  return Object.fromEntries(Object.entries(Object(properties)).map(([name, value]) => [name, structureOfAny(value)]));
}

function structureOfAny(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structureOfAny);
  return typeof value === 'object' && value !== null ? structureOf({ ...value }) : value;
}

async function tokensOf(texts: readonly string[]): Promise<number> {
  return openTokenCounter().count(texts.join('\n'));
}

/** The share of the tokens that signatures save. */
async function saving(what: string, tools: readonly ToolDefinition[], json: readonly string[]): Promise<number> {
  const before = await tokensOf(json);
  const after = await tokensOf(tools.map(toolSignature));
  const share = 1 - after / before;
  rows.push([what, before, after, `${(share * 100).toFixed(1)} %`]);
  return share;
}

describe.each<[ToolListName, number]>([
  ['coding-agent', 20],
  ['office-assistant', 14],
])('the tools of %s', (name, count) => {
  const tools = toolList(name);

  it('are as many as agents declare', () => {
    expect(tools).toHaveLength(count);
  });

  it('take fewer tokens with all their words, which are the owner’s and stay', async () => {
    expect(await saving(`${name}, all words`, tools, tools.map(asJson))).toBeGreaterThan(0.2);
  });

  it('take less than 40 % of the tokens where only the structure of schemas is counted', async () => {
    const bare = tools.map(withoutWords);
    const json = bare.map(({ name: tool, parameters }) =>
      JSON.stringify({ type: 'function', function: { name: tool, parameters } }),
    );
    expect(await saving(`${name}, structure`, bare, json)).toBeGreaterThan(0.6);
  });

  it('keep every word of their descriptions', () => {
    for (const tool of tools) expect(toolSignature(tool)).toContain(tool.description.trim());
  });
});
