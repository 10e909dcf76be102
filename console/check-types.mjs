import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

// npm run check: types of the console. vue-tsc works inside a TypeScript that is written in JavaScript, which is the one
// installed as typescript-5; everything else is checked by the newer one.
const require = createRequire(import.meta.url);
process.argv.splice(2, process.argv.length, '--noEmit', '--project', fileURLToPath(new URL('.', import.meta.url)));
require('vue-tsc').run(require.resolve('typescript-5/lib/tsc'));
