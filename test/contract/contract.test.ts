import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorStatuses } from '../../shared/openapi/error-classes.ts';
import type { TestGatewayOptions } from '../support/gateway.ts';
import { accountFaults, errorsOfAccount, errorsOfNoAccount, errorsOfSilence } from './scripts/errors-of-accounts.ts';
import { errorsOfBodies, errorsOfCallers, errorsOfForm, errorsOfStrangers } from './scripts/errors-of-callers.ts';
import { errorsOfChats } from './scripts/errors-of-chats.ts';
import {
  errorsOfConversations,
  errorsOfLimits,
  errorsOfOwner,
  errorsOfRepetition,
  errorsOfTokens,
} from './scripts/errors-of-keys.ts';
import { errorsOfFiles, errorsOfNames, errorsOfPictures } from './scripts/errors-of-media.ts';
import { goodAccounts, goodGateway, goodKeys, goodUsage } from './scripts/good-admin.ts';
import { goodChats, goodCounts } from './scripts/good-chats.ts';
import { goodDialogs, goodModels } from './scripts/good-dialogs.ts';
import { goodFiles, goodNativeFiles, goodUploads } from './scripts/good-files.ts';
import { goodImages, goodVideos } from './scripts/good-media.ts';
import { goodResponses } from './scripts/good-responses.ts';
import { wrongFields } from './scripts/wrong-fields.ts';
import { Contract } from './support/contract.ts';
import { coverageTable } from './support/coverage-table.ts';
import { SeenAnswers } from './support/seen-answers.ts';
import { unseenAnswers, unseenCodes } from './support/unseen.ts';
import { World } from './support/world.ts';

const contract = new Contract(await errorStatuses());
const seen = new SeenAnswers();

describe('good answers', { timeout: 120_000 }, () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open(contract, seen, { env: { VIDEO_POLL_SECONDS: '1' } });
  });
  afterAll(() => world.close());

  const scripts = {
    goodChats,
    goodCounts,
    goodResponses,
    goodImages,
    goodVideos,
    goodFiles,
    goodUploads,
    goodNativeFiles,
    goodDialogs,
    goodModels,
    goodAccounts,
    goodKeys,
    goodUsage,
    goodGateway,
  };
  it.each(Object.entries(scripts))('%s', async (_, script) => {
    await script(world);
  });
});

describe('errors of callers', { timeout: 120_000 }, () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open(contract, seen, { env: { MAX_BODY_BYTES: '10000' } });
  });
  afterAll(() => world.close());

  it.each(Object.entries({ errorsOfCallers, errorsOfBodies, errorsOfStrangers, errorsOfForm }))('%s', (_, script) =>
    script(world, contract),
  );
});

describe('errors of chats', { timeout: 120_000 }, () => {
  it('errorsOfChats', async () => {
    const world = await World.open(contract, seen);
    try {
      await errorsOfChats(world);
    } finally {
      await world.close();
    }
  });
});

describe('errors of keys and media', { timeout: 120_000 }, () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open(contract, seen, { env: { PASS_THROUGH_TOKENS: 'true', VIDEO_POLL_SECONDS: '1' } });
  });
  afterAll(() => world.close());

  const scripts = {
    errorsOfRepetition,
    errorsOfLimits,
    errorsOfConversations,
    errorsOfTokens,
    errorsOfPictures,
    errorsOfFiles,
    errorsOfNames,
    errorsOfOwner,
  };
  it.each(Object.entries(scripts))('%s', (_, script) => script(world, contract));
});

describe('bodies that are not valid', { timeout: 120_000 }, () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open(contract, seen);
  });
  afterAll(() => world.close());

  const withFields = contract.routes.filter(({ document }) => {
    const { example, json } = document.body ?? {};
    return typeof example === 'object' && json?.properties !== undefined;
  });
  it.each(withFields)('are refused where the schema refuses them: $key', async ({ key }) => {
    const { surprises } = await wrongFields(world, contract, key);
    expect(surprises).toEqual([]);
  });
});

describe('errors of accounts', { timeout: 60_000 }, () => {
  const within = async (options: TestGatewayOptions, script: (world: World) => Promise<void>) => {
    const world = await World.open(contract, seen, options);
    await script(world).finally(() => world.close());
  };
  const env = { ACCOUNT_WAIT_SECONDS: '0' };

  it.each(accountFaults)('$code', (fault) => within({ env }, (world) => errorsOfAccount(world, fault)));
  it('no_accounts', () => within({ env, accounts: [] }, errorsOfNoAccount));
  it('upstream_stalled', () => {
    const accounts = Array.from({ length: 12 }, (_, number) => `account${number}@example.com`);
    return within({ accounts, env: { UPSTREAM_IDLE_SECONDS: '1' } }, errorsOfSilence);
  });
});

describe('all documented answers', () => {
  afterAll(() => console.log(coverageTable(seen, contract)));

  it('are seen, or it is said why not', () => {
    expect(seen.missingGood(contract).filter((answer) => unseenAnswers[answer] === undefined)).toEqual([]);
    const never = [...seen.missingCodes(contract)].filter(([code]) => !seen.hasCode(code)).map(([code]) => code);
    expect(never.filter((code) => unseenCodes[code] === undefined)).toEqual([]);
  });

  it('are not said to be unseen when they are', () => {
    expect(Object.keys(unseenCodes).filter((code) => seen.hasCode(code))).toEqual([]);
    const missing = seen.missingGood(contract);
    expect(Object.keys(unseenAnswers).filter((answer) => !missing.includes(answer))).toEqual([]);
  });
});
