import { nextTick } from 'vue';
import { createRouter, createWebHashHistory } from 'vue-router';
import { onSignedOut, session } from './api/api.ts';
import { unreachableError } from './api/gateway-error.ts';
import { tellError } from './composables/toasts.ts';
import { pagesText } from './messages/pages.ts';
import { allPages } from './pages.ts';
import { loadTexts } from './text/text.ts';

/** Milliseconds in which a page that can't be loaded is not tried again by loading everything anew. */
const onceIn = 20_000;

/** Addresses are behind the `#`, so that one file serves them all. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    ...allPages.map(({ name, path, view, access }) => ({ name, path, component: view, meta: { access } })),
    { path: '/:rest(.*)*', redirect: '/' },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

router.beforeEach((to) => {
  if (to.meta.access !== 'admin' || session.value !== undefined) return true;
  return { name: 'sign-in', query: { from: to.fullPath } };
});

// By now the page has declared its words.
router.beforeResolve(() => loadTexts());

router.afterEach(async (to, from) => {
  const page = allPages.find(({ name }) => name === to.name);
  document.title = page === undefined ? 'qwen-gateway' : `${pagesText.words.value[page.name]} · qwen-gateway`;
  // Who hears the page starts at its title; whoever has just come starts at the top.
  if (from.matched.length === 0 || from.path === to.path) return;
  await nextTick();
  document.querySelector<HTMLElement>('[data-page-title]')?.focus({ preventScroll: true });
});

// A page's file is gone when the gateway has been renewed since this one was opened: the new one has other files.
router.onError((error, to) => {
  const name = 'qwen-gateway.renewed';
  const lately = Number(sessionStorage.getItem(name) ?? 0) > Date.now() - onceIn;
  if (lately) {
    tellError(unreachableError(error));
    return;
  }
  sessionStorage.setItem(name, String(Date.now()));
  window.location.hash = to.fullPath;
  window.location.reload();
});

onSignedOut(() => {
  const { fullPath, meta } = router.currentRoute.value;
  if (meta.access === 'admin') void router.replace({ name: 'sign-in', query: { from: fullPath, ended: '1' } });
});
