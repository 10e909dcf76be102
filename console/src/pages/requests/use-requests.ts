import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import { api } from '../../api/api.ts';
import type { List } from '../../api/list.ts';
import { useAct } from '../../composables/use-act.ts';
import { useLoaded } from '../../composables/use-loaded.ts';
import type { GatewayRequest, RequestFilter } from './request.ts';
import { appendOlder, type Feed, mergeNewest } from './request-feed.ts';

const pageSize = 50;
/** Milliseconds between two looks. */
const interval = 4000;

/** The log of recent requests, which looks for new ones while it is live and the page is seen. */
export function useRequests() {
  const filter = ref<RequestFilter>({ kind: '', status: '', key: '', account: '', model: '' });
  const isLive = ref(true);
  const { busy, run } = useAct();
  /** What is shown. */
  const feed = shallowRef<Feed>();

  const newest = useLoaded(async (signal) => {
    const page = await askPage(filter.value, '', signal);
    // Whoever has chosen another filter meanwhile has broken this off.
    if (!signal.aborted) feed.value = mergeNewest(page, feed.value);
    return page;
  });

  const showMore = () =>
    run(async () => {
      const [known, asked] = [feed.value, filter.value];
      if (known === undefined) return;
      const page = await askPage(asked, known.lastId ?? '');
      if (asked === filter.value && feed.value !== undefined) feed.value = appendOlder(feed.value, page);
    });

  watch(filter, () => {
    feed.value = undefined;
    void newest.reload();
  });
  const timer = setInterval(() => {
    if (isLive.value && !document.hidden && !newest.loading.value && !busy.value) void newest.reload();
  }, interval);
  onScopeDispose(() => clearInterval(timer));

  return { newest, feed, filter, isLive, busy, showMore };
}

async function askPage(filter: RequestFilter, after: string, signal?: AbortSignal): Promise<Feed> {
  const query = new URLSearchParams({ limit: String(pageSize), ...(after !== '' && { after }) });
  for (const [name, value] of Object.entries(filter)) if (value !== '') query.set(name, value);
  const page = await api.get<List<GatewayRequest>>(`/admin/requests?${query}`, signal ? { signal } : {});
  return { rows: page.data, lastId: page.last_id ?? undefined, hasMore: page.has_more === true };
}
