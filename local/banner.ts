import { type Route, routes } from '../shared/routes.ts';
import type { Runtime } from './runtime.ts';

/** What the owner sees when everything is up. @param seconds that the start took. */
export function banner(runtime: Runtime, seconds: number): string {
  const { url, adminKey, stateFolder } = runtime;
  const key = adminKey ?? '$API_KEY';
  const curl = [
    `curl ${url}/v1/chat/completions \\`,
    `  -H 'authorization: Bearer ${key}' -H 'content-type: application/json' \\`,
    `  -d '{"model":"qwen3.7-plus","stream":true,"messages":[{"role":"user","content":"Hello"}]}'`,
  ];
  return [
    '',
    ...importWarnings(runtime),
    ...upstreamNotice(runtime),
    `qwen-gateway is up after ${seconds.toFixed(1)} s. Ctrl-C ends it.`,
    '',
    ...routeTable(routes),
    '',
    `OpenAI base URL   ${url}/v1`,
    `Native base URL   ${url}/api`,
    `State folder      ${stateFolder}`,
    ...(adminKey === undefined ? [] : [`Admin key         ${adminKey}   (shown only this once)`]),
    '',
    ...curl.map((line) =>
      adminKey === undefined
        ? line.replace("'authorization: Bearer $API_KEY'", '"authorization: Bearer $API_KEY"')
        : line,
    ),
    '',
  ].join('\n');
}

/** A line for each function, with the paths that lead to it; those below another are left out. */
function routeTable(table: readonly Route[]): readonly string[] {
  const byFunction = Map.groupBy(table, (route) => route.function);
  const width = Math.max(...[...byFunction.keys()].map((name) => name.length));
  return [...byFunction].map(([name, own]) => {
    const paths = [...new Set(own.map(({ path }) => path))];
    const heads = paths.filter((path) => !paths.some((other) => path.startsWith(`${other}/`)));
    return `${name.padEnd(width)}   ${heads.join('  ')}`;
  });
}

function upstreamNotice({ simulator, seeded }: Runtime): readonly string[] {
  if (simulator !== undefined) {
    return [
      '************************************************************************',
      '*  NO ACCOUNT IS CONFIGURED: answers come from the built-in SIMULATOR, *',
      '*  not from Qwen. Put QWEN_TOKEN=... (the value of "token" in the      *',
      '*  local storage of chat.qwen.ai) into .env and start again.           *',
      '************************************************************************',
      '',
    ];
  }
  if (seeded.accountCount > 0) return [];
  return ['No account is configured, so every chat answers 503. Put QWEN_TOKEN=... into .env and start again.', ''];
}

function importWarnings({ seeded: { accounts, keys } }: Runtime): readonly string[] {
  return [...accounts.warnings, ...keys.warnings].map((warning) => `Warning: ${warning}`);
}
