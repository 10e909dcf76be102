import type { RouteHandler, RouteKey } from '../http/endpoint.ts';
import { createImageRoutes } from '../images/image-routes.ts';
import { PictureMaker } from '../images/picture-maker.ts';
import { PictureSource } from '../images/picture-source.ts';
import type { Access } from './open-access.ts';
import { openChatService } from './open-chat-service.ts';
import { openRequestMedia } from './open-request-media.ts';
import type { Upstream } from './open-upstream.ts';

/** The handlers of every path of the images API. */
export function openImages(access: Access, upstream: Upstream): Readonly<Record<RouteKey, RouteHandler>> {
  const { settings } = access;
  return createImageRoutes({
    maker: new PictureMaker({
      chats: openChatService(access, upstream),
      media: openRequestMedia(access, upstream.upstream),
      source: new PictureSource(settings.text('QWEN_CHAT_PROXY_URL')),
    }),
    defaultModel: settings.text('DEFAULT_MODEL'),
    holdFor: settings.integer('FIRST_EVENT_SECONDS') * 1000,
    idleAfter: settings.integer('IDLE_EVENT_SECONDS') * 1000,
  });
}
