import type { RequestContext } from '../../shared/chat/dialect.ts';

/** A call whose path, query and headers say nothing. */
export const plainContext: RequestContext = { parameters: {}, query: {}, headers: {} };
