import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

// npm run test:console: Debian's Chromium, when there is none. Elsewhere, CHROMIUM names the one to use.
const path = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(path)) {
  if (process.getuid?.() !== 0) {
    console.error(`There is no ${path}. Install Chromium, or say where it is by CHROMIUM=/path/to/it.`);
    process.exit(1);
  }
  execFileSync('apt-get', ['update'], { stdio: 'inherit' });
  execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { stdio: 'inherit' });
}
