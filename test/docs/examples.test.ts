import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { credentialOf, newGuest } from '../support/guests.ts';
import { type Fence, fencesOf } from './support/fences.ts';
import { pages } from './support/pages.ts';
import { missingFor, runExample } from './support/run-example.ts';

const fences = pages.flatMap(fencesOf);
const examples = fences.filter(({ expected }) => expected !== undefined);

const nameOf = ({ path, line, language }: Fence) => `${path}:${line} ${language}`;

describe('the examples', () => {
  it('are found', () => {
    expect(examples.length).toBeGreaterThan(15);
    expect(new Set(examples.map(({ path }) => path))).toContain('README.md');
  });

  it('are all run: programs, and everything that calls the gateway', () => {
    const idle = fences.filter(({ expected }) => expected === undefined);
    const forgotten = idle.filter(
      ({ language, code }) => ['js', 'python'].includes(language) || /^\s*curl /m.test(code),
    );
    expect(forgotten.map(nameOf)).toEqual([]);
  });
});

describe('against a gateway', () => {
  let gateway: TestGateway;
  let tokens: string;
  beforeAll(async () => {
    gateway = await openGateway({
      env: { UPSTREAM_LABEL: 'simulator', PASS_THROUGH_TOKENS: 'true', VIDEO_POLL_SECONDS: '1' },
    });
    const guests = ['first', 'second', 'third'].map((name) => newGuest(gateway, `${name}@example.com`));
    for (const { email } of guests.slice(1)) gateway.simulator.control.accounts.expire(email);
    tokens = credentialOf(guests);
  });
  afterAll(() => gateway.close());

  for (const example of examples) {
    const missing = missingFor(example);
    const lack = missing.length > 0 ? ` (not here: ${missing.join(', ')})` : '';
    it.skipIf(missing.length > 0)(`${nameOf(example)} prints ${example.expected}${lack}`, async () => {
      const credentials = { API_KEY: gateway.adminKey, QWEN_TOKENS: tokens };
      const output = await runExample(example, { BASE_URL: gateway.runtime.url, ...credentials });
      expect(output).toContain(example.expected);
    });
  }
});
