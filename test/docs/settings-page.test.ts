import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderEnvironmentExample } from '../../local/documentation/environment-example.ts';
import { renderSettingsPage } from '../../local/documentation/settings-page.ts';
import { settings } from '../../shared/settings.ts';

describe('what the table of settings says stands in the pages that `npm run docs` writes', () => {
  it.each([
    ['docs/settings.md', renderSettingsPage],
    ['.env.example', renderEnvironmentExample],
  ])('%s', (path, render) => {
    expect(readFileSync(path, 'utf8')).toBe(render());
  });
});

/** Every setting that the readmes of the source projects document. */
const documented = `
  ACCOUNTS API_KEY API_KEYS AUTO_BUILD BATCH_LOGIN_CONCURRENCY CACHE_MODE DATA_SAVE_MODE ENABLE_FILE_LOG HOST HOST_PORT
  IMAGE_NAME LISTEN_ADDRESS LOG_DIR LOG_LEVEL MAX_LOG_FILES MAX_LOG_FILE_SIZE MEMORY_LIMIT MEMORY_SWAP OUTPUT_THINK
  PM2_INSTANCES PM2_MAX_MEMORY PORT PROXY_URL QWEN_CHAT_PROXY_URL QWEN_CLI_PROXY_URL QWEN_TOKEN QWEN_TOKENS REDIS_URL
  SEARCH_INFO_MODE SERVICE_PORT SIMPLE_MODEL_MAP SKIP_ACCOUNT_MENU TZ
`;

describe('settings of the source projects', () => {
  const section = renderSettingsPage().split('## Settings of other projects')[1] ?? '';
  const rows = new Map(
    [...section.matchAll(/^\| `(\w+)` \| (.+) \| (.+) \|$/gm)].map(([, name, here, words]) => [name, { here, words }]),
  );

  it('are each here, or not with a reason', () => {
    expect([...rows.keys()].sort()).toEqual(documented.trim().split(/\s+/).sort());
    for (const { words } of rows.values()) expect(words?.length).toBeGreaterThan(5);
  });

  it('have their own names where the gateway has them', () => {
    for (const [name = '', { here }] of rows) {
      if (Object.hasOwn(settings, name)) expect(here).toBe(`\`${name}\``);
    }
  });
});
