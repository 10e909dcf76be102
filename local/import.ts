import { parseArgs } from 'node:util';
import type { Environment } from '../shared/read-settings.ts';
import { importVariables } from './function-variables.ts';
import { LocalRuntimeError } from './local-runtime-error.ts';
import { ownerEnvironment } from './owner-environment.ts';
import { explain } from './run-until-signal.ts';
import { seed } from './store/seed.ts';

// npm run import: brings the accounts and keys of .env into a deployed stack's table, with the owner's AWS credentials.

const usage = 'Usage: npm run import -- --table NAME --parameter NAME --region REGION   (printed by cdk deploy)';

interface Target {
  readonly table: string;
  readonly parameter: string;
  readonly region: string;
}

try {
  await run(readTarget(process.argv.slice(2)), ownerEnvironment());
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

async function run({ table, parameter, region }: Target, environment: Environment): Promise<void> {
  // The SDK reads its region from here.
  process.env.AWS_REGION = region;
  const where = { TABLE_NAME: table, SECRET_KEY_PARAMETER: parameter };
  const { accounts, keys, accountCount, adminKey } = await seed(where, importVariables(environment));
  for (const warning of [...accounts.warnings, ...keys.warnings]) console.log(`Warning: ${warning}`);
  console.log(
    `Accounts: ${accounts.added} added, ${accounts.changed} changed, ${accounts.unchanged} unchanged; ${accountCount} in all.`,
  );
  console.log(
    `Keys: ${keys.added} added, ${keys.changed} changed, ${keys.unchanged} unchanged, ${keys.removed} removed.`,
  );
  if (adminKey !== undefined) console.log(`Admin key, shown only this once: ${adminKey}`);
}

function readTarget(commandLine: readonly string[]): Target {
  const option = { type: 'string' } as const;
  const { values } = parse(() =>
    parseArgs({ args: [...commandLine], options: { table: option, parameter: option, region: option } }),
  );
  const { table, parameter, region } = values;
  if (table === undefined || parameter === undefined || region === undefined) throw new LocalRuntimeError(usage);
  return { table, parameter, region };
}

function parse<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    throw new LocalRuntimeError(`${cause instanceof Error ? cause.message : String(cause)}\n${usage}`, { cause });
  }
}
