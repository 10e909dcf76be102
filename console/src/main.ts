import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/layout.css';
import { createApp } from 'vue';
import { applyTheme } from './composables/use-theme.ts';
import ConsoleApp from './console-app.vue';
import { router } from './router.ts';
import { beginLanguage } from './text/text.ts';

applyTheme();
await beginLanguage();
createApp(ConsoleApp).use(router).mount('#app');
