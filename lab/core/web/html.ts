/** Text that is HTML already. */
export class Html {
  constructor(readonly text: string) {}
}

type HtmlValue = string | number | Html | readonly (string | Html)[];

function render(value: HtmlValue): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(render).join('');
  return String(value).replace(/[&<>"']/g, (c) => `&#${String(c.charCodeAt(0))};`);
}

/** HTML with its values escaped, unless they are HTML themselves. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(strings.map((part, i) => part + (i < values.length ? render(values[i] ?? '') : '')).join(''));
}

/** A plain page: a title, links of a menu, a body. */
export function page(title: string, menu: readonly { readonly label: string; readonly href: string }[], body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <style>
          body {
            font:
              15px/1.5 system-ui,
              sans-serif;
            margin: 0 auto;
            max-width: 60rem;
            padding: 1rem;
          }
          nav a {
            margin-right: 1rem;
          }
          table {
            border-collapse: collapse;
          }
          td,
          th {
            border: 1px solid #999;
            padding: 0.2rem 0.6rem;
            text-align: left;
          }
          form {
            display: inline;
          }
          .wrong {
            color: #a00;
          }
        </style>
      </head>
      <body>
        <nav>${menu.map((item) => html`<a href="${item.href}">${item.label}</a> `)}</nav>
        <h1>${title}</h1>
        ${body}
      </body>
    </html>`;
}

/** A button that posts a form of hidden fields. */
export function button(label: string, action: string, fields: Readonly<Record<string, string>> = {}): Html {
  const hidden = Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
  return html`<form method="post" action="${action}">${hidden}<button>${label}</button></form>`;
}
