import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { machineArn, only, openMachines, settled, task } from './machine.ts';

const each = (state: object) => ({ ProcessorConfig: { Mode: 'INLINE' }, ...only(state) });
const definition = {
  StartAt: 'All',
  States: {
    All: {
      Type: 'Map',
      ItemsPath: '$.items',
      MaxConcurrency: 2,
      ResultPath: '$.done',
      ItemProcessor: each(task('work', { OutputPath: '$.Payload' })),
      Next: 'Rest',
    },
    Rest: { Type: 'Wait', Seconds: 60, Next: 'Finish' },
    Finish: task('finish', { ResultPath: null, End: true }),
  },
};

async function onlyFile(folder: string): Promise<string> {
  const [file = ''] = await readdir(folder);
  return join(folder, file);
}

describe('an execution whose runtime was killed', () => {
  it('goes on wherever the kill came, and does no finished item again', async () => {
    const items = [1, 2, 3, 4, 5];
    const functions = { work: (payload: unknown) => payload, finish: () => 'end' };
    const whole = await openMachines(definition, functions);
    await whole.run({ items }, 'one');
    const file = await onlyFile(whole.folder);
    const journal = await readFile(file, 'utf8');
    const lines = journal.trimEnd().split('\n');

    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: lines.length - 1 }), fc.nat(), async (kept, torn) => {
        // What a kill leaves: whole lines, and perhaps a torn one.
        const [nextLine = ''] = lines.slice(kept);
        const rest = nextLine.slice(0, torn % nextLine.length);
        await writeFile(file, `${lines.slice(0, kept).join('\n')}\n${rest}`);
        const done = new Set(lines.slice(0, kept).flatMap((line) => /"done","output":(\d)/.exec(line)?.[1] ?? []));
        const worked: unknown[] = [];
        const again = await openMachines(
          definition,
          {
            ...functions,
            work: (payload) => {
              worked.push(payload);
              return payload;
            },
          },
          whole.folder,
        );
        const [{ arn } = { arn: '' }] = again.machines.list(machineArn);
        const { end } = await settled(again.machines, arn);
        await again.machines.close();
        expect(end).toMatchObject({ status: 'SUCCEEDED', output: { items, done: items } });
        expect(worked.filter((item) => done.has(String(item)))).toEqual([]);
        expect(new Set(worked).size).toBe(worked.length);
      }),
      { numRuns: 30 },
    );
  });

  it('does not wait longer than it would have', async () => {
    const wait = {
      StartAt: 'Rest',
      States: { Rest: { Type: 'Wait', Seconds: 7000, Next: 'End' }, End: { Type: 'Succeed' } },
    };
    const first = await openMachines(wait);
    const { arn } = await first.machines.start(machineArn, {}, 'one');
    await first.machines.close();
    const second = await openMachines(wait, {}, first.folder);
    expect(second.machines.describe(arn).end).toBeUndefined();
    const journal = await readFile(await onlyFile(first.folder), 'utf8');
    expect(journal.match(/wakeAt/g)).toHaveLength(1);
  });

  it('keeps its name taken, and what has ended is still told', async () => {
    const first = await openMachines(only({ Type: 'Pass' }));
    await first.run({ a: 1 }, 'one');
    await first.machines.close();
    const second = await openMachines(only({ Type: 'Pass' }), {}, first.folder);
    await expect(second.machines.start(machineArn, { a: 1 }, 'one')).rejects.toThrow('Already Exists');
    expect(second.machines.list(machineArn)[0]?.end?.output).toEqual({ a: 1 });
  });

  it('that was killed before its first line was whole never was', async () => {
    const first = await openMachines(only({ Type: 'Pass' }));
    await appendFile(join(first.folder, 'Test.torn.jsonl'), '{"beginning":{"machi');
    const second = await openMachines(only({ Type: 'Pass' }), {}, first.folder);
    expect(second.machines.list(machineArn)).toEqual([]);
    expect(await readdir(first.folder)).toEqual([]);
  });
});
