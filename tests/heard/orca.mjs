// A session of a screen reader: Orca beside a real Chromium, keys that a person would press, and what is said after each.
import { spawn, execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HERE = new URL('.', import.meta.url).pathname;
const FLAGS = '--force-renderer-accessibility --no-sandbox --test-type --disable-gpu --disable-quic --no-first-run --no-default-browser-check --disable-background-networking --disable-component-update --disable-sync --disable-features=Translate,MediaRouter,OptimizationHints --lang=fr --accept-lang=fr --password-store=basic --window-size=1260,980 --window-position=0,0'.split(' ');
const QUIET = 1200; // in milliseconds: what is said after a key has been said when nothing more comes for so long
const LONGEST = 9000;

let display = 100 + (process.pid % 400); // of its own: the one before may still be ending
const pause = ms => new Promise(done => setTimeout(done, ms));

/** Begins a session; `close` ends it. */
export async function openOrca() {
  const folder = mkdtempSync(join(tmpdir(), 'encart-orca-'));
  const scripts = join(folder, '.local/share/orca');
  mkdirSync(scripts, { recursive: true });
  for (const file of ['journal.py', 'orca-customizations.py']) copyFileSync(join(HERE, file), join(scripts, file));
  const general = { speechServerFactory: 'journal', enableSpeech: true, enableTutorialMessages: false, enableBraille: false, sayAllOnLoad: false, profile: ['Default', 'default'], activeProfile: ['Default', 'default'], startingProfile: ['Default', 'default'] };
  writeFileSync(join(scripts, 'user-settings.conf'), JSON.stringify({ general, profiles: { default: { profile: ['Default', 'default'], pronunciations: {}, keybindings: {} } }, pronunciations: {}, keybindings: {} }));
  // the window manager takes no key for itself
  mkdirSync(join(folder, '.config/openbox'), { recursive: true });
  writeFileSync(join(folder, '.config/openbox/rc.xml'), '<?xml version="1.0"?><openbox_config xmlns="http://openbox.org/3.4/rc"><keyboard/></openbox_config>');
  const journal = join(folder, 'journal');
  writeFileSync(journal, '');
  const env = { ...process.env, ENCART_ORCA: folder, ENCART_JOURNAL: journal, DISPLAY: `:${display++}`, HOME: folder, XDG_RUNTIME_DIR: join(folder, 'run'), LANG: 'fr_FR.UTF-8', LANGUAGE: 'fr' };
  const session = spawn('dbus-run-session', ['--', 'bash', join(HERE, 'session.sh')], { env, stdio: 'ignore', detached: true });
  const bus = join(folder, 'bus');
  for (let waits = 0; !existsSync(bus) || statSync(journal).size === 0; waits += 1) {
    if (waits > 300) {
      process.kill(-session.pid);
      const log = join(folder, 'orca.log');
      throw new Error(`Orca does not speak (another one may run): ${existsSync(log) ? readFileSync(log, 'utf8') : 'it has not begun'}`);
    }
    await pause(200);
  }
  env.DBUS_SESSION_BUS_ADDRESS = readFileSync(bus, 'utf8').trim().slice('DBUS_SESSION_BUS_ADDRESS='.length);
  Object.assign(env, { ACCESSIBILITY_ENABLED: '1', GNOME_ACCESSIBILITY: '1' });
  let browser;
  let visits = 0;
  let read = statSync(journal).size;
  const end = child => {
    try {
      process.kill(-child.pid);
    } catch {
      // it has ended
    }
  };

  /** Whether a process of its group is left. */
  const isRunning = child => {
    try {
      return process.kill(-child.pid, 0);
    } catch {
      return false;
    }
  };

  /** What is said from now on, until it is quiet. */
  const listen = async quiet => {
    const said = [];
    for (const start = Date.now(), at = { last: start }; Date.now() - at.last < quiet && Date.now() - start < LONGEST; await pause(40)) {
      const text = readFileSync(journal, 'utf8');
      const bytes = Buffer.from(text);
      if (bytes.length === read) continue;
      const lines = bytes.subarray(read).toString();
      const whole = lines.lastIndexOf('\n') + 1;
      read += Buffer.byteLength(lines.slice(0, whole));
      for (const line of lines.slice(0, whole).split('\n').filter(Boolean)) said.push(JSON.parse(line).text);
      at.last = Date.now();
    }
    return said;
  };

  return {
    env,
    /** Opens a page in a browser of its own; what is said of it. */
    async visit(address) {
      if (browser) end(browser);
      const profile = join(folder, `profile-${(visits += 1)}`);
      mkdirSync(join(profile, 'Default'), { recursive: true });
      writeFileSync(join(profile, 'Default/Preferences'), '{"translate":{"enabled":false}}');
      browser = spawn('chromium', [...FLAGS, `--user-data-dir=${profile}`, `--app=${address}`], { env, stdio: 'ignore', detached: true });
      return listen(4000);
    },
    /** Presses a key of xdotool's (« Tab », « Right », « shift+Tab »); what is said. */
    async press(key) {
      execFileSync('xdotool', ['key', key], { env });
      return listen(QUIET);
    },
    /** Runs a program on its accessibility bus; what it prints. */
    ask: (program, ...words) => execFileSync(program, words, { env, encoding: 'utf8' }),
    async close() {
      if (browser) end(browser);
      end(session);
      // a second Orca does not begin while the first one is there
      for (let waits = 0; isRunning(session) && waits < 200; waits += 1) await pause(50);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
