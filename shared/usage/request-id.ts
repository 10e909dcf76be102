/** Where a request's row is: ids of requests tell no time, so the one that the API shows has it as well. */
export interface RequestPlace {
  /** As in `x-request-id`; of a video, its job's. */
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

const form = /^req-([0-9a-z]{8,9})-(.{1,200})$/;

/** @returns the id that the API shows. */
export function requestIdOf({ id, startedAt }: { readonly id: string; readonly startedAt: number }): string {
  return `req-${startedAt.toString(36)}-${id}`;
}

/** @returns `undefined` for what is no such id. */
export function readRequestId(text: string): RequestPlace | undefined {
  const [, time = '', requestId = ''] = form.exec(text) ?? [];
  return requestId === '' ? undefined : { requestId, startedAt: Number.parseInt(time, 36) };
}
