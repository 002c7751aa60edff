/** Parses the settings: every environment variable of the project, each with a default that works offline. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { isLoopbackHost } from '#core/web-origin.ts';
import { parseTrustedProxies } from './trusted-proxies.ts';

const durations = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const port = z
  .string()
  .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, 'must be a port number from 0 to 65535')
  .transform(Number);

const webAddress = (what: string) =>
  z
    .url({ protocol: /^https?$/, message: `must be ${what}, such as https://papers.example` })
    .transform((text) => text.replace(/\/+$/, ''));

const duration = z
  .string()
  .regex(/^[1-9]\d{0,5}[smhd]$/, 'must be a number with s, m, h or d behind it, such as 30m')
  .transform((text) => Number(text.slice(0, -1)) * durations[text.slice(-1) as keyof typeof durations]);

const sources = z.string().transform((text, context) => {
  const list = text.split(',').map((part) => part.trim());
  const bad = list.find((part) => !/^[a-z]+(?::[A-Za-z0-9.*-]+)?$/.test(part));
  if (bad === undefined) return list;
  context.addIssue(`must be source names with commas between them, such as hf,arxiv:cs.CL; "${bad}" is none`);
  return z.NEVER;
});

const trustedProxies = z.string().transform((text, context) => {
  const parsed = parseTrustedProxies(text);
  if ('ranges' in parsed) return parsed.ranges;
  context.addIssue(parsed.problem);
  return z.NEVER;
});

/** Schema by environment variable. A test compares the names with `.env.example`. */
export const variables = {
  PORT: port.default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a host name or an IP address')
    .default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^file:./, 'must be file: and a path, such as file:./data/digest.db')
    .default('file:./data/digest.db'),
  SITE_URL: webAddress('the address readers use').optional(),
  TRUSTED_PROXIES: trustedProxies.default(['loopback', 'private']),
  SOURCES: sources.default([]),
  INGEST_EVERY: duration.default(durations.h),
  HF_ENDPOINT: webAddress('a web address').default('https://huggingface.co'),
  ARXIV_ENDPOINT: webAddress('a web address').default('https://export.arxiv.org'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, message: 'must be an smtp: or smtps: address' }).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*@[^\r\n]*$/, 'must be one mail address')
    .default('Paper Digest <digest@localhost>'),
  MAIL_LEAVE: z
    .string()
    .regex(/^[\w.+-]+@[\w.-]+$/, 'must be one mail address, such as digest-leave@papers.example')
    .optional(),
  OUTBOX_KEY: z.string().optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info'),
  SEED: z.enum(['0', '1'], 'must be 0 or 1').default('1'),
};

const VariablesSchema = z.object(variables);

/** Reports an invalid setting. The message names the variable. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

/** Parses variables into settings. An empty value counts as unset. Throws a `SettingError` for an invalid one. */
export function parseSettings(given: Readonly<Record<string, string | undefined>>, folder: string) {
  const set = Object.entries(given).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()] as const] : []));
  const parsed = VariablesSchema.safeParse(Object.fromEntries(set));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SettingError(`The environment variable ${issue?.path.join('.')} ${issue?.message}.`);
  }
  const v = parsed.data;
  const databaseFile = resolve(folder, v.DATABASE_URL.slice('file:'.length));
  return {
    port: v.PORT,
    host: v.HOST,
    databaseFile,
    /** Folder of the database, with outbox and backups. */
    dataFolder: dirname(databaseFile),
    /** Without a trailing slash. */
    siteUrl: v.SITE_URL ?? `http://${urlHost(v.HOST)}:${v.PORT}`,
    siteUrlIsSet: v.SITE_URL !== undefined,
    /** Only this machine can reach the server, and SITE_URL names no other. */
    isLocal: isLoopbackHost(v.HOST) && (v.SITE_URL === undefined || isLoopbackHost(new URL(v.SITE_URL).hostname)),
    /** Such as `loopback`, `private`, `192.0.2.0/24`. Empty: trust no proxy. */
    trustedProxies: v.TRUSTED_PROXIES,
    /** Such as `hf`, `arxiv:cs.CL`. Empty: automatic fetching is off. */
    sources: v.SOURCES as readonly string[],
    ingestEveryMs: v.INGEST_EVERY,
    hfEndpoint: v.HF_ENDPOINT,
    arxivEndpoint: v.ARXIV_ENDPOINT,
    /** Null: write mails to the outbox folder. */
    smtpUrl: v.SMTP_URL ?? null,
    mailFrom: v.MAIL_FROM,
    /** Address for unsubscribe mails; null: none. */
    mailLeave: v.MAIL_LEAVE ?? null,
    /** Null: generate a key at each start. */
    outboxKey: v.OUTBOX_KEY ?? null,
    logLevel: v.LOG_LEVEL,
    /** Whether the first start fills an empty store from `seeds/`. */
    seed: v.SEED === '1',
    isProduction: given.NODE_ENV === 'production',
    /** The working directory of the npm caller. Paths on the command line are relative to it. */
    callerFolder: given.INIT_CWD ?? folder,
  };
}
export type Settings = Readonly<ReturnType<typeof parseSettings>>;

/** Formats a listening address as the host of a URL: `localhost` for a wildcard address, brackets around IPv6. */
export function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

let parsedOnce: Settings | undefined;

/** Returns the settings of this process. */
export function readSettings(): Settings {
  parsedOnce ??= Object.freeze(parseSettings(process.env, process.cwd()));
  return parsedOnce;
}

/**
 * Passes Next the config that the build saved, like its standalone output does. Otherwise Next compiles next.config.ts,
 * and the compiler stays in memory. Call it before loading Next.
 */
export function takeBuiltConfig(folder: string): void {
  const { config } = JSON.parse(readFileSync(join(folder, '.next', 'required-server-files.json'), 'utf8')) as {
    readonly config: unknown;
  };
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
}
