import type { RouteHandler, RouteKey } from '../http/endpoint.ts';
import { finishPicture } from '../images/finish-picture.ts';
import { createImageRoutes } from '../images/image-routes.ts';
import { PictureCopies } from '../images/picture-copies.ts';
import { PictureMaker } from '../images/picture-maker.ts';
import { PictureSource } from '../images/picture-source.ts';
import { LinkedObjects } from '../objects/linked-objects.ts';
import { ObjectLinks } from '../objects/object-links.ts';
import type { Environment } from '../read-settings.ts';
import type { Access } from './open-access.ts';
import { openChatService } from './open-chat-service.ts';
import { openRequestMedia } from './open-request-media.ts';
import type { Upstream } from './open-upstream.ts';

/** The handlers of every path of the images API. */
export function openImages(
  access: Access,
  upstream: Upstream,
  environment: Environment,
): Readonly<Record<RouteKey, RouteHandler>> {
  const { settings } = access;
  const source = new PictureSource(settings.text('QWEN_CHAT_PROXY_URL'));
  return createImageRoutes({
    maker: new PictureMaker({
      chats: openChatService(access, upstream),
      media: openRequestMedia(access, upstream.upstream),
      finish: (made, order, signal, keep) => finishPicture(made, order, source, signal, keep),
      copies: settings.integer('RESULT_DAYS') === 0 ? undefined : openCopies(access, environment),
    }),
    defaultModel: settings.text('DEFAULT_MODEL'),
    holdFor: settings.integer('FIRST_EVENT_SECONDS') * 1000,
    idleAfter: settings.integer('IDLE_EVENT_SECONDS') * 1000,
  });
}

function openCopies({ logger }: Access, environment: Environment): PictureCopies {
  const links = new ObjectLinks(environment);
  return new PictureCopies({
    objects: new LinkedObjects(links),
    links,
    onStoreError: (error) => logger.warn('picture not kept', { error }),
  });
}
