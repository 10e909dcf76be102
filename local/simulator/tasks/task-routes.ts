import type { Account } from '../accounts/account-book.ts';
import type { Exchange } from '../http/exchange.ts';
import type { SimulatorRoute } from '../http/route.ts';
import type { SimulatorState } from '../state.ts';

// A video is done with the fourth question, or has failed with the third: no clock is involved.
const statusOfPoll = ['pending', 'running', 'running', 'success'] as const;
const statusOfFailingPoll = ['pending', 'running', 'failed'] as const;

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
  const sequence = task.fails ? statusOfFailingPoll : statusOfPoll;
  const status = sequence[Math.min(task.polls, sequence.length - 1)];
  task.polls += 1;
  exchange.sendJson({
    chat_type: 't2v',
    task_status: status,
    message: status === 'failed' ? 'The video could not be generated.' : '',
    content: status === 'success' ? task.videoUrl : '',
  });
}
