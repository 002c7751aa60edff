/** Checks a request's target, Host field and method before anything else happens. */
import type { IncomingMessage } from 'node:http';
import { pathOf } from '#http/cache/cache-rules.ts';
import { methodsOf } from './methods.ts';
import { methodNotAllowed, type Rejection } from './reject-request.ts';
import { toOriginForm } from './request-target.ts';

/** Host name or address with port (RFC 3986 §3.2.2). */
const host = /^[\w.~!$&'()*+,;=%:[\]-]*$/;

/** Returns the target in origin form, or the rejection. */
export function checkRequest(request: IncomingMessage): { readonly url: string } | { readonly rejection: Rejection } {
  const { method = '', headers } = request;
  const url = toOriginForm(request.url);
  if (url === null) return bad('This request names no address here: it takes a path, such as /papers.');
  if (countHosts(request) > 1) return bad('This request has several Host fields; it takes one.');
  if (!host.test(headers.host ?? '')) return bad('The Host field of this request is not the name of a host.');
  const methods = methodsOf(pathOf(url));
  if (!methods.includes(method)) return { rejection: methodNotAllowed(methods) };
  // The field calls a server action by its id. No page here has one.
  if (headers['next-action'] !== undefined) return bad('No page here takes a Next-Action.');
  return { url };
}

const bad = (message: string) => ({ rejection: { status: 400, message } });

const countHosts = ({ rawHeaders }: IncomingMessage): number =>
  rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length;
