import { type SessionFigures, timedTurns } from '../measure/sessions.ts';
import { figure, markdownTable } from './table.ts';

/** What sessions of 50 turns cost, continued and folded. */
export function sessionsTable(sessions: readonly SessionFigures[]): string {
  const folded = new Map(sessions.filter(({ mode }) => mode !== 'auto').map((session) => [session.dialect, session]));
  return markdownTable([
    [
      'Session of 50 turns',
      'mode',
      'sent upstream, KB',
      'folded / this',
      'CPU, ms',
      ...timedTurns.map((turn) => `first piece of turn ${turn}, ms`),
    ],
    ...sessions.map(({ dialect, mode, sentBytes, cpuMilliseconds, firstPieces }) => [
      dialect,
      mode,
      figure(sentBytes / 1000),
      figure((folded.get(dialect)?.sentBytes ?? Number.NaN) / sentBytes),
      figure(cpuMilliseconds),
      ...firstPieces.map(figure),
    ]),
  ]);
}
