import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { readPage } from '../docs/support/pages.ts';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { markdownTable } from '../support/markdown-table.ts';
import { whenVideoOver } from '../support/videos.ts';

const emails = ['one@example.com', 'two@example.com'];
/** Questions after which no test looks. */
const endless = 10_000;
const head = ['What happens', 'What its owner sees', 'Begun upstream'];

interface Row {
  readonly name: string;
  readonly faults?: readonly Parameters<TestGateway['simulator']['control']['fault']>[0][];
  /** Done while the upstream makes it, which goes on for as long as this takes. */
  readonly during?: (gateway: TestGateway, id: string) => Promise<unknown>;
  readonly sees: string;
  /** How often a video was begun upstream. */
  readonly begun: number;
  /** Settings of the gateway. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The id of the account that makes the only video. */
async function makerOf({ request, simulator }: TestGateway): Promise<string> {
  const { account = '?' } = await simulator.control.waitFor(({ route }) => route === 'task');
  const { data } = await parsed(await request('GET', '/admin/accounts'));
  return data.find(({ label }: { readonly label: string }) => label[0] === account[0]).id;
}

async function actOnMaker(gateway: TestGateway, act: string): Promise<void> {
  const answer = await gateway.request('POST', `/admin/accounts/${await makerOf(gateway)}/${act}`, {});
  expect(answer.status).toBe(200);
}

/** Resolves when the job has met an account that may not be used. */
async function whenMissed({ lines }: TestGateway): Promise<void> {
  while (!lines.some((line) => line.includes('video not looked at'))) await delay(50);
}

const rows: readonly Row[] = [
  {
    name: 'the reply of the creation is lost',
    faults: [{ fault: 'video-reply-lost' }],
    sees: 'completed',
    begun: 1,
  },
  {
    name: 'the connection breaks before the creation is taken',
    faults: [{ fault: 'reset', route: 'completion' }],
    sees: 'completed',
    begun: 1,
  },
  {
    name: 'asking for its state fails six times',
    faults: [
      { fault: 'internal-500', route: 'task', times: 2 },
      { fault: 'gateway-502', route: 'task', times: 4 },
    ],
    sees: 'completed',
    begun: 1,
  },
  { name: 'its task is stuck at 99 %', faults: [{ fault: 'video-stuck' }], sees: 'completed', begun: 1 },
  { name: 'its task fails', faults: [{ fault: 'video-failed' }], sees: 'failed `generation_failed`', begun: 1 },
  {
    name: 'its prompt is refused',
    faults: [{ fault: 'data-inspection-input' }],
    sees: 'failed `content_filter`',
    begun: 0,
  },
  {
    name: 'one account has used up its videos',
    faults: [{ fault: 'rate-limited', num: 16 }],
    sees: 'completed',
    begun: 1,
  },
  {
    name: 'all accounts have, with the hours told',
    faults: [{ fault: 'rate-limited', num: 16, times: 2 }],
    sees: 'failed `insufficient_quota`',
    begun: 0,
  },
  {
    name: 'its account is taken out, and put back',
    during: async (gateway) => {
      await actOnMaker(gateway, 'disable');
      await whenMissed(gateway);
      await actOnMaker(gateway, 'enable');
    },
    sees: 'completed',
    begun: 1,
  },
  {
    name: 'its account meets a verification, and is put back',
    faults: [{ fault: 'rgv587', route: 'task' }],
    during: async (gateway) => {
      await whenMissed(gateway);
      await actOnMaker(gateway, 'enable');
    },
    sees: 'completed',
    begun: 1,
  },
  {
    name: 'its account is drained',
    during: (gateway) => actOnMaker(gateway, 'drain'),
    sees: 'completed',
    begun: 1,
  },
  {
    name: 'its account is removed',
    during: async (gateway, id) => {
      await gateway.request('DELETE', `/admin/accounts/${await makerOf(gateway)}`);
      await whenVideoOver(gateway.openai, id);
    },
    sees: 'failed `account_gone`',
    begun: 1,
  },
  {
    name: 'it is deleted while it is made',
    during: async (gateway, id) => {
      await makerOf(gateway);
      await gateway.openai.videos.delete(id);
    },
    sees: '404 `video_not_found`',
    begun: 1,
  },
  {
    name: 'its address is over, and it was copied',
    faults: [{ fault: 'video-expired' }],
    sees: 'completed',
    begun: 1,
  },
  {
    name: 'its address is over, with `RESULT_DAYS=0`',
    faults: [{ fault: 'video-expired' }],
    env: { RESULT_DAYS: '0' },
    sees: 'completed; its content is 410 `video_expired`',
    begun: 1,
  },
];

/** What its owner is told in the end, of the video and of its content. */
async function look({ openai, request }: TestGateway, id: string): Promise<string> {
  const found = await request('GET', `/v1/videos/${id}`);
  if (found.status !== 200) return `${found.status} \`${(await parsed(found)).error.code}\``;
  const { status, error } = await whenVideoOver(openai, id);
  if (status !== 'completed') return `${status} \`${error?.code}\``;
  const content = await request('GET', `/v1/videos/${id}/content`);
  if (content.status === 200) return status;
  return `${status}; its content is ${content.status} \`${(await parsed(content)).error.code}\``;
}

const lineOf = ({ name, sees, begun }: Row) => [name, sees, begun];

describe.concurrent('a video', () => {
  const seen = new Map<string, Row>();
  afterAll(() => {
    const inOrder = rows.flatMap(({ name }) => seen.get(name) ?? []);
    console.log(markdownTable(head, inOrder.map(lineOf)));
  });

  it.each(rows)('is told rightly when $name', { timeout: 60_000 }, async (row) => {
    const gateway = await openGateway({ mode: 'dev', accounts: emails, env: { VIDEO_POLL_SECONDS: '1', ...row.env } });
    try {
      const { control } = gateway.simulator;
      control.videoPolls(row.during === undefined ? 3 : endless);
      for (const rule of row.faults ?? []) control.fault(rule);
      const { id } = await parsed(await gateway.request('POST', '/v1/videos', { prompt: 'A paper boat' }));
      await row.during?.(gateway, id);
      if (row.during !== undefined) control.videoPolls(1);
      const sees = await look(gateway, id);
      seen.set(row.name, { ...row, sees, begun: control.videos().length });
      expect(seen.get(row.name)).toEqual(row);
    } finally {
      await gateway.close();
    }
  });
});

it('docs/guides/videos.md has the same table', () => {
  expect(readPage('docs/guides/videos.md').text).toContain(markdownTable(head, rows.map(lineOf)));
});
