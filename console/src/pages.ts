import type { Component } from 'vue';
import type { IconName } from './components/icon-paths.ts';

/** One page of the console. Its title is in `messages/<language>/pages.ts`, under its name. */
export interface Page {
  readonly name: string;
  /** Behind the `#` of the address. */
  readonly path: string;
  /** Whether one has to be signed in. */
  readonly access: 'anyone' | 'admin';
  readonly view: () => Promise<Component>;
  /** Its place in the menu; a page without one is reached by links only. */
  readonly menu?: {
    readonly group: 'use' | 'manage' | 'watch';
    readonly icon: IconName;
    /** Whether it stands in the bar at the bottom of a phone, which has room for four. */
    readonly atThumb?: true;
  };
}

/** Every page, in the order of the menu. One entry is all that a new page needs here. */
export const pages = [
  {
    name: 'home',
    path: '/',
    access: 'anyone',
    view: () => import('./pages/home/home-page.vue'),
    menu: { group: 'use', icon: 'home', atThumb: true },
  },
  { name: 'sign-in', path: '/sign-in', access: 'anyone', view: () => import('./pages/sign-in/sign-in-page.vue') },
  {
    name: 'playground',
    path: '/playground',
    access: 'admin',
    view: () => import('./pages/playground/playground-page.vue'),
    menu: { group: 'use', icon: 'playground', atThumb: true },
  },
  {
    name: 'accounts',
    path: '/accounts',
    access: 'admin',
    view: () => import('./pages/accounts/accounts-page.vue'),
    menu: { group: 'manage', icon: 'accounts', atThumb: true },
  },
  {
    name: 'keys',
    path: '/keys',
    access: 'admin',
    view: () => import('./pages/keys/keys-page.vue'),
    menu: { group: 'manage', icon: 'keys', atThumb: true },
  },
  {
    name: 'jobs',
    path: '/jobs',
    access: 'admin',
    view: () => import('./pages/jobs/jobs-page.vue'),
    menu: { group: 'watch', icon: 'jobs' },
  },
  {
    name: 'settings',
    path: '/settings',
    access: 'admin',
    view: () => import('./pages/settings/settings-page.vue'),
    menu: { group: 'manage', icon: 'settings' },
  },
  {
    name: 'usage',
    path: '/usage',
    access: 'admin',
    view: () => import('./pages/usage/usage-page.vue'),
    menu: { group: 'watch', icon: 'usage' },
  },
  {
    name: 'requests',
    path: '/requests',
    access: 'admin',
    view: () => import('./pages/requests/requests-page.vue'),
    menu: { group: 'watch', icon: 'requests' },
  },
  {
    name: 'audit',
    path: '/audit',
    access: 'admin',
    view: () => import('./pages/audit/audit-page.vue'),
    menu: { group: 'watch', icon: 'audit' },
  },
] as const satisfies readonly Page[];

export type PageName = (typeof pages)[number]['name'];

/** The pages in the wider type, for those who walk through them. */
export const allPages: readonly (Page & { readonly name: PageName })[] = pages;

/** Where the API reference is; it is no page of this app. */
export const referenceAddress = '/api-docs/';
