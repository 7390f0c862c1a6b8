/** Characters that turn the direction of writing, or that nobody sees, in words that read otherwise than they are. */
export const UNSEEN: readonly string[] = [
  ...['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069', '\u061c', '\u200e', '\u200f'],
  ...['\u00ad', '\u180e', '\u200b', '\u2060', '\u2061', '\u2062', '\u2063', '\u2064', '\u206a', '\u206f', '\ufeff', '\u2028', '\u2029'],
  ...[
    '\ufff9',
    '\ufffa',
    '\ufffb',
    '\u115f',
    '\u1160',
    '\u3164',
    '\uffa0',
    '\u{e0001}',
    '\u{e0041}',
    '\u{e007f}',
    '\u{1d173}',
    '\ud800',
    '\udfff',
  ],
].map((character) => `safe${character}gnp.exe`);

/** Markup that a page which takes text for HTML, or an address for a harmless one, would carry out. */
export const MARKUP: readonly string[] = [
  ...handlers(),
  ...elements(),
  ...addresses(),
  ...[
    '\'"><b>',
    '--><script>pwned()</script>',
    ']]><script>pwned()</script>',
    '</title><script>pwned()</script>',
    '</style><script>pwned()</script>',
  ],
  ...['</textarea><img src=x onerror=pwned()>', '{{constructor.constructor("pwned()")()}}', '${pwned()}', '<%= pwned() %>', '#{pwned()}'],
  ...[
    '&lt;script&gt;pwned()&lt;/script&gt;',
    '&#60;script&#62;pwned()',
    '\\u003cscript\\u003epwned()',
    '<scr\u0000ipt>pwned()</script>',
    '<ſcript>pwned()</ſcript>',
  ],
];

function handlers(): readonly string[] {
  const names = [
    'onerror',
    'onload',
    'onclick',
    'onfocus',
    'onmouseover',
    'ontoggle',
    'onanimationstart',
    'onbeforetoggle',
    'onpointerenter',
  ];
  return names.flatMap((name) => [
    `<img src=x ${name}=pwned()>`,
    `"${name}="pwned()" x="`,
    `<svg/${name}=pwned()>`,
    `<details open ${name}=pwned()>x</details>`,
  ]);
}

function elements(): readonly string[] {
  return [
    ...[
      '<script>pwned()</script>',
      '<ScRiPt>pwned()</sCrIpT>',
      '<script src=//example.com/x.js></script>',
      '<script nonce="fixed-nonce">pwned()</script>',
    ],
    ...[
      '<iframe src=javascript:pwned()></iframe>',
      '<iframe srcdoc="<script>parent.pwned()</script>"></iframe>',
      '<object data=javascript:pwned()></object>',
    ],
    ...[
      '<embed src=javascript:pwned()>',
      '<base href=//example.com/>',
      '<link rel=stylesheet href=//example.com/x.css>',
      '<style>@import "//example.com/x.css"</style>',
    ],
    ...[
      '<meta http-equiv=refresh content="0;url=//example.com">',
      '<form action=//example.com><button>x</button></form>',
      '<input autofocus onfocus=pwned()>',
    ],
    ...[
      '<video><source onerror=pwned()></video>',
      '<audio src onerror=pwned()>',
      '<math><mtext><script>pwned()</script></mtext></math>',
      '<template><script>pwned()</script></template>',
    ],
    ...[
      '<svg><script>pwned()</script></svg>',
      '<svg><animate onbegin=pwned() attributeName=x>',
      '<marquee onstart=pwned()>',
      '<body onload=pwned()>',
      '<vscode-button onclick=pwned()>x</vscode-button>',
    ],
    ...[
      '<noscript><p title="</noscript><img src=x onerror=pwned()>">',
      '<a href=javascript:pwned()>x</a>',
      '<div style="background:url(//example.com/x.png)">x</div>',
    ],
  ];
}

function addresses(): readonly string[] {
  const hrefs = [
    'javascript:pwned()',
    'JaVaScRiPt:pwned()',
    'java\tscript:pwned()',
    '\u0001javascript:pwned()',
    'data:text/html,<script>pwned()</script>',
    'vbscript:pwned()',
  ];
  const more = [
    'command:workbench.action.terminal.new',
    'vscode://example.example/x',
    'file:///etc/passwd',
    'blob:x',
    'ws://example.com',
    'https://user:pw@example.com/',
  ];
  return [...hrefs, ...more].flatMap((href) => [`[x](${href})`, `![x](${href})`, `<${href}>`, `[x]: ${href}\n\n[x]`]);
}
