import type { DialectName } from '../chat/dialect.ts';
import type { GatewayError } from '../chat/errors/gateway-error.ts';
import { breakStream } from '../dialects/break-stream.ts';
import { errorWriters } from '../dialects/error-writers.ts';
import type { EndpointOptions } from '../http/endpoint.ts';
import { createAnswerOnce } from '../idempotency/answer-once.ts';
import { createAuthorize } from './authorize.ts';
import type { Access } from './open-access.ts';
import { createMeterRoute } from './open-metering.ts';
import { openRecording } from './open-recording.ts';

/** What stands between callers and the handlers of a function with a URL; workers do without it. */
export function openEndpoint({ environment, settings, logger, table, keys, metering }: Access): EndpointOptions {
  const label = settings.text('UPSTREAM_LABEL');
  return {
    logger,
    authorize: createAuthorize(keys, {
      openMode: settings.boolean('OPEN_MODE'),
      publicModels: settings.boolean('PUBLIC_MODELS'),
      passThrough: settings.boolean('PASS_THROUGH_TOKENS'),
    }),
    renderError: (dialect: DialectName, error: GatewayError, requestId: string) =>
      errorWriters[dialect](error, requestId),
    answerRoute: openRecording(settings, environment, createAnswerOnce({ table, logger, breakStream })),
    meterRoute: createMeterRoute(metering),
    maximumBody: settings.integer('MAX_BODY_BYTES'),
    originSecret: settings.text('ORIGIN_SECRET'),
    headers: label === '' ? {} : { 'x-qwen-upstream': label },
    flush: () => keys.flush(),
  };
}
