import type { RouteKind } from '../http/route.ts';
import { textField } from '../json-value.ts';
import { type FaultRule, routeOf } from './fault-rule.ts';

/** A request, as far as faults look at it. */
export interface FaultTarget {
  readonly route: RouteKind | 'unknown';
  readonly path: string;
  readonly account: string | undefined;
  readonly body: unknown;
}

interface PendingFault {
  readonly rule: FaultRule;
  left: number;
}

/** The faults still to happen, oldest first. */
export class FaultBook {
  #pending: PendingFault[] = [];

  add(rule: FaultRule): void {
    this.#pending.push({ rule, left: rule.times ?? 1 });
  }

  /** The rule to apply to this request, which uses it up once. */
  take(target: FaultTarget): FaultRule | undefined {
    if (this.#pending.length === 0) {
      return undefined;
    }
    const pending = this.#pending.find((candidate) => matches(candidate.rule, target));
    if (pending === undefined) {
      return undefined;
    }
    pending.left -= 1;
    if (pending.left <= 0) {
      this.#pending = this.#pending.filter((candidate) => candidate !== pending);
    }
    return pending.rule;
  }

  list(): readonly FaultRule[] {
    return this.#pending.map(({ rule, left }) => ({ ...rule, times: left }));
  }

  clear(): void {
    this.#pending = [];
  }
}

function matches(rule: FaultRule, target: FaultTarget): boolean {
  const route = routeOf(rule);
  return (
    (route === 'any' || route === target.route) &&
    (rule.account === undefined || rule.account === target.account) &&
    (rule.path === undefined || target.path.startsWith(rule.path)) &&
    (rule.model === undefined || rule.model === textField(target.body, 'model')) &&
    (rule.says === undefined || JSON.stringify(target.body ?? '').includes(rule.says))
  );
}
