import type { Html } from './html.js';

/** A request to a simulated web site. */
export interface SiteRequest {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Fields of a posted form (plain or multipart) or members of a flat JSON body. */
  readonly fields: Readonly<Record<string, string>>;
  /** Files of a multipart form, by field name. */
  readonly files: Readonly<Record<string, UploadedFile>>;
  readonly headers: Readonly<Record<string, string>>;
  /** User and password of basic authentication. */
  readonly login?: { readonly user: string; readonly password: string };
}

export interface UploadedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export type SiteAnswer =
  | { readonly kind: 'page'; readonly page: Html; readonly status?: number }
  | { readonly kind: 'json'; readonly json: unknown; readonly status?: number }
  | { readonly kind: 'text'; readonly text: string; readonly status?: number; readonly fileName?: string }
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: number };

/** Answers a request; `undefined` means 404. */
export type Site = (request: SiteRequest) => SiteAnswer | undefined | Promise<SiteAnswer | undefined>;

export type Route = (request: SiteRequest) => SiteAnswer | Promise<SiteAnswer>;

/** A site from routes named `GET /path`. `HEAD` takes the `GET` route. */
export function routes(table: Readonly<Record<string, Route>>): Site {
  return (request) => {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    return table[`${method} ${request.path}`]?.(request);
  };
}
