import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { type SlimClient, slimClientPlugin } from './slim-client-plugin.ts';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** The clients that functions import lazily. */
const clients: readonly SlimClient[] = [
  {
    packageName: '@aws-sdk/client-ssm',
    facade: here('./parameter-client.ts'),
    keptErrors: ['ParameterNotFound', 'ParameterAlreadyExists'],
  },
  {
    packageName: '@aws-sdk/client-sfn',
    facade: here('./step-functions-client.ts'),
    keptErrors: ['ExecutionAlreadyExists', 'ExecutionDoesNotExist'],
  },
  { packageName: '@aws-sdk/client-sns', facade: here('./notification-client.ts'), keptErrors: [] },
];

/** The plugins that make every lazily imported client of the AWS SDK small; for one pass of the bundler. */
export function slimClients(): Plugin[] {
  return clients.map(slimClientPlugin);
}
