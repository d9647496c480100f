import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { CommandFailure } from './usageError.ts';

/** How a system is told to trust a certificate for every program, and to forget it. */
export interface TrustStore {
  /** What will be done, for people. */
  readonly title: string;
  install(certificate: string): Promise<void>;
  uninstall(certificate: string): Promise<void>;
  isInstalled(certificate: string): boolean;
}

const fileName = 'tollgate-local.crt';

/** Folders that distributions take certificates from, and the program that does so. */
const linuxStores = [
  { folder: 'usr/local/share/ca-certificates', program: 'update-ca-certificates', args: debianArguments },
  { folder: 'etc/pki/ca-trust/source/anchors', program: 'update-ca-trust', args: () => ['extract'] },
  { folder: 'etc/ca-certificates/trust-source/anchors', program: 'update-ca-trust', args: () => ['extract'] },
] as const;

/** The store of this system. `given` is the folder that stands for `/`, for images that are not running. */
export function trustStore(given = '/', platform: NodeJS.Platform = process.platform): TrustStore {
  const root = path.resolve(given);
  if (platform === 'darwin') return keychain();
  if (platform === 'win32') return windowsStore();
  const found = linuxStores.find(({ folder }) => existsSync(path.join(root, folder)));
  if (found === undefined)
    throw new CommandFailure(
      'This system keeps its certificates where Tollgate does not know. Add the file that "tollgate ca show" names by hand.',
    );
  const file = path.join(root, found.folder, fileName);
  const update = (): void => run(found.program, found.args(root));
  return {
    title: `${file}, then ${found.program}`,
    isInstalled: () => existsSync(file),
    install: async (certificate) => {
      await asRoot(async () => {
        await mkdir(path.dirname(file), { recursive: true });
        await copyFile(certificate, file);
      });
      update();
    },
    uninstall: async () => {
      await asRoot(() => rm(file, { force: true }));
      update();
    },
  };
}

function debianArguments(root: string): readonly string[] {
  const fresh = ['--fresh'];
  if (root === '/') return fresh;
  const at = (name: string): string => path.join(root, name);
  return [
    ...fresh,
    ...['--certsconf', at('etc/ca-certificates.conf'), '--certsdir', at('usr/share/ca-certificates')],
    ...['--localcertsdir', at('usr/local/share/ca-certificates'), '--etccertsdir', at('etc/ssl/certs')],
    ...['--hooksdir', at('etc/ca-certificates/update.d')],
  ];
}

function keychain(): TrustStore {
  const name = ['-c', 'Tollgate, on this machine only'];
  return {
    title: 'the login keychain, by "security add-trusted-cert"',
    isInstalled: () => spawnSync('security', ['find-certificate', ...name]).status === 0,
    install: (certificate) => {
      run('security', ['add-trusted-cert', '-r', 'trustRoot', certificate]);
      return Promise.resolve();
    },
    uninstall: (certificate) => {
      run('security', ['remove-trusted-cert', certificate]);
      run('security', ['delete-certificate', ...name]);
      return Promise.resolve();
    },
  };
}

function windowsStore(): TrustStore {
  const name = 'Tollgate, on this machine only';
  return {
    title: 'the certificates of this user, by "certutil -user -addstore Root"',
    isInstalled: () => spawnSync('certutil', ['-user', '-store', 'Root', name]).status === 0,
    install: (certificate) => {
      run('certutil', ['-user', '-addstore', 'Root', certificate]);
      return Promise.resolve();
    },
    uninstall: () => {
      run('certutil', ['-user', '-delstore', 'Root', name]);
      return Promise.resolve();
    },
  };
}

async function asRoot(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const denied = error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');
    if (!denied) throw error;
    throw new CommandFailure('Only root may change what this system trusts. Run the same with sudo -E.', {
      cause: error,
    });
  }
}

function run(program: string, args: readonly string[]): void {
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (error !== undefined) throw new CommandFailure(`"${program}" cannot be run: ${error.message}.`);
  if (status !== 0) throw new CommandFailure(`"${program}" failed: ${stderr.trim()}`);
}
