import type { Account } from '../accounts/account-book.ts';
import type { Exchange } from '../http/exchange.ts';
import type { SimulatorRoute } from '../http/route.ts';
import type { SimulatorState } from '../state.ts';
import type { VideoTask } from './task-book.ts';

/** The state of a video (qwen-web §5.3). */
export const taskRoutes: readonly SimulatorRoute[] = [
  { method: 'GET', path: '/api/v1/tasks/status/{id}', kind: 'task', access: 'account', handle: poll },
];

function poll(exchange: Exchange, account: Account, state: SimulatorState): void {
  const task = state.tasks.find(account.id, exchange.parameters.id ?? '');
  if (task === undefined) {
    exchange.sendJson({ detail: 'Task not found' }, 404);
    return;
  }
  task.polls += 1;
  const status = statusOf(task, state.tasks.pollsToEnd);
  exchange.sendJson({
    chat_type: 't2v',
    task_status: status,
    message: status === 'failed' ? 'The video could not be generated.' : '',
    content: status === 'success' ? task.videoUrl : '',
  });
}

/** A video that fails does so one question earlier than another one is done. */
function statusOf({ fate, polls }: VideoTask, pollsToEnd: number): string {
  if (fate === 'succeeds' && polls >= pollsToEnd) return 'success';
  if (fate === 'fails' && polls >= pollsToEnd - 1) return 'failed';
  return polls === 1 ? 'pending' : 'running';
}
