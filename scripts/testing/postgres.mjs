import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../processes/ports.mjs';
import { Service } from '../processes/Service.mjs';
import { Advice } from '../toolchain/Advice.mjs';
import { runCommand } from '../toolchain/runCommand.mjs';
import { installSystemPackages } from './systemPackages.mjs';

/**
 * Starts a PostgreSQL server of our own for the tests and nothing else: a new
 * cluster in a temporary folder, on a free port, without the writes that only a
 * power failure makes necessary. It needs no server that runs already and does
 * not touch one.
 *
 * @returns the connection string of its superuser, and how to stop it
 */
export async function startPostgres({ logFile, say }) {
  const binaries = await findBinaries(say);
  const identity = await serverIdentity();
  const folder = await mkdtemp(join(tmpdir(), 'ci-medic-postgres-'));
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  await chmod(folder, 0o700);
  if (identity.uid !== undefined) {
    await chown(folder, identity.uid, identity.gid);
    await chown(passwordFile, identity.uid, identity.gid);
  }
  const data = join(folder, 'data');
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
  const { code, output } = await runCommand(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--no-sync'].concat([
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
    ]),
    { ...identity, env, cwd: folder },
  );
  if (code !== 0) {
    throw new Advice(`PostgreSQL could not make a cluster:\n${output}`);
  }
  const port = await freePort();
  const server = Service.start({
    name: 'PostgreSQL server',
    command: join(binaries, 'postgres'),
    args: ['-D', data, '-k', folder, '-h', '127.0.0.1', '-p', `${port}`].concat(
      settings({
        fsync: 'off',
        synchronous_commit: 'off',
        full_page_writes: 'off',
        max_connections: 300,
      }),
    ),
    cwd: folder,
    env,
    logFile,
    ...identity,
  });
  await server.saysLine(/ready to accept connections/);
  return {
    connectionString: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      // The fast shutdown; SIGTERM would wait until every client has gone.
      await server.stop({ signal: 'SIGINT' });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function settings(values) {
  return Object.entries(values).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ]);
}

async function findBinaries(say) {
  if (!(await binariesFolder())) {
    await installSystemPackages({
      packages: ['postgresql'],
      what: 'Testing on PostgreSQL',
      say,
    });
  }
  const folder = await binariesFolder();
  if (!folder) {
    throw new Advice(
      'PostgreSQL is installed but its program initdb cannot be found: put its folder on the PATH and run the same command again.',
    );
  }
  return folder;
}

async function binariesFolder() {
  const debian = '/usr/lib/postgresql';
  const ofDebian = existsSync(debian)
    ? readdirSync(debian)
        .sort((a, b) => Number(b) - Number(a))
        .map(version => join(debian, version, 'bin'))
    : [];
  const { code, output } = await runCommand('pg_config', ['--bindir']);
  return [...ofDebian, ...(code === 0 ? [output.trim()] : [])].find(folder =>
    existsSync(join(folder, 'initdb')),
  );
}

/** PostgreSQL refuses to run as root; its packages bring a user of its own. */
async function serverIdentity() {
  if (process.getuid() !== 0) {
    return {};
  }
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async flag => {
      const { code, output } = await runCommand('id', [flag, 'postgres']);
      return code === 0 ? Number(output) : undefined;
    }),
  );
  if (uid === undefined) {
    throw new Advice(
      'PostgreSQL does not run as root and there is no user "postgres": add one (useradd -r postgres) or run the tests as another user.',
    );
  }
  return { uid, gid };
}
