import type { SimulatorRoute } from '../http/route.ts';

const settings = {
  memory: { enable_memory: false, enable_history_memory: false },
  personalization: { instruction: '', enable_for_new_chat: false },
  tools_enabled: {
    web_search: true,
    web_extractor: true,
    web_search_image: true,
    image_gen_tool: true,
    code_interpreter: true,
    history_retriever: false,
    image_edit_tool: true,
    bio: false,
    image_zoom_in_tool: true,
    image_search: true,
  },
  mcp: { 'image-generation': false, 'code-interpreter': false, amap: false, 'fire-crawl': false },
};

/** The user's settings, also used to ask whether a token is good without rotating anything (qwen-web §1.4). */
export const settingsRoutes: readonly SimulatorRoute[] = [
  {
    method: 'GET',
    path: '/api/v2/users/user/settings',
    kind: 'settings',
    access: 'account',
    handle: (exchange) => exchange.sendSuccess(settings),
  },
];
