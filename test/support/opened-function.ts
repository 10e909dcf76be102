import { onTestFinished, vi } from 'vitest';
import { openFrontDoor } from '../../local/front-door/front-door.ts';
import { installAwslambda } from '../../local/in-process/awslambda-global.ts';
import { InvocationContext } from '../../local/in-process/invocation-context.ts';
import { ResponseStream } from '../../local/in-process/response-stream.ts';
import { startSimulator } from '../../local/simulator/simulator.ts';
import { addAccount } from '../../shared/accounts/add-account.ts';
import { openSecretBox } from '../../shared/secrets/secret-box.ts';
import { ensureSecretKey } from '../../shared/secrets/secret-key.ts';
import { startDynalite } from './dynalite-table.ts';
import { startParameterStore } from './parameter-store.ts';

const credentials = { email: 'one@example.com', password: 'correct horse' };

/**
 * The function of chat completions from its sources, in this process, behind a door of its own: what it opens can be looked
 * for among the objects of the test. It is imported once a test file.
 */
export async function openChatFunction(environment: Readonly<Record<string, string>>) {
  const simulator = await startSimulator();
  simulator.control.accounts.add(credentials);
  const [dynalite, store] = [await startDynalite(), await startParameterStore()];
  const { table, name } = await dynalite.newTable();
  const all = {
    TABLE_NAME: name,
    SECRET_KEY_PARAMETER: '/key',
    AWS_ENDPOINT_URL_DYNAMODB: dynalite.url,
    AWS_ENDPOINT_URL_SSM: store.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    QWEN_CHAT_PROXY_URL: simulator.url,
    LOG_LEVEL: 'error',
    ...environment,
  };
  for (const [variable, value] of Object.entries(all)) vi.stubEnv(variable, value);
  await ensureSecretKey(all);
  await addAccount(table, openSecretBox(all), credentials, 'test');
  installAwslambda();
  const { handler } = await import('../../functions/chat-completions/handler.ts');
  const door = await openFrontDoor({
    host: '127.0.0.1',
    port: 0,
    route: () => 'chat-completions',
    functions: {
      invoke(functionName, event, answer) {
        const context = new InvocationContext(functionName, event.requestContext.requestId);
        void Reflect.apply(handler, undefined, [event, new ResponseStream(answer), context]);
      },
    },
    onRequest: () => undefined,
  });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    for (const part of [door, simulator, dynalite, store]) await part.close();
  });
  return { url: door.url, simulator, table };
}
