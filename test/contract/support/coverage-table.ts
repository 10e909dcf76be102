import type { Contract } from './contract.ts';
import type { SeenAnswers } from './seen-answers.ts';
import { unseenAnswers, unseenCodes } from './unseen.ts';

/** What was seen of what is documented: a line for each route, with `seen/documented` below each status. */
export function coverageTable(seen: SeenAnswers, contract: Contract): string {
  const lines = contract.routes.map(({ key, document }) => {
    const good = Object.keys(document.answers).map(Number);
    const cells = new Map(good.map((status) => [status, seen.hasGood(key, status) ? '1/1' : '0/1']));
    for (const [status, codes] of contract.codesOf(key)) {
      cells.set(status, `${codes.filter((code) => seen.hasError(key, code)).length}/${codes.length}`);
    }
    return { key, cells };
  });
  const statuses = [...new Set(lines.flatMap(({ cells }) => [...cells.keys()]))].sort((one, other) => one - other);
  const row = (name: string, cells: readonly string[]) =>
    name.padEnd(58) + cells.map((cell) => cell.padStart(6)).join('');
  return [
    row('route', statuses.map(String)),
    ...lines.map(({ key, cells }) =>
      row(
        key,
        statuses.map((status) => cells.get(status) ?? ''),
      ),
    ),
    '',
    totals(seen, contract),
    ...[...Object.entries(unseenAnswers), ...Object.entries(unseenCodes)].map(
      ([name, why]) => `not seen: ${name} ${why}`,
    ),
  ].join('\n');
}

function totals(seen: SeenAnswers, contract: Contract): string {
  const good = contract.routes.flatMap(({ key, document }) =>
    Object.keys(document.answers).map((status) => [key, status]),
  );
  const errors = contract.routes.flatMap(({ key }) =>
    [...contract.codesOf(key).values()].flat().map((code) => [key, code]),
  );
  const goodSeen = good.filter(([key = '', status]) => seen.hasGood(key, Number(status))).length;
  const errorsSeen = errors.filter(([key = '', code = '']) => seen.hasError(key, code)).length;
  return (
    `${contract.routes.length} routes, ${seen.count} answers looked at; of ${good.length} good answers ${goodSeen} were seen, ` +
    `of ${errors.length} errors by route and code ${errorsSeen}`
  );
}
