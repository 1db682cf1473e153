// How do the peers become one script?
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export function buildSync() {
  const here = fileURLToPath(new URL('.', import.meta.url));
  return execFileSync(`${here}../xtask/node_modules/.bin/esbuild`, [`${here}peers.js`, '--bundle', '--format=esm', '--minify', '--log-level=warning'], { maxBuffer: 1 << 26 });
}
