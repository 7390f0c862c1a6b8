/** Everything a hostile host could print to steer a terminal; none of it may arrive. Text `KEEP` stands before and after each of them. */
export const FORBIDDEN: readonly string[] = [
  ...oscs(),
  ...strings(),
  ...csis(),
  ...escapes(),
  ...controls(),
];

/** What a live terminal may be given, unchanged. */
export const ALLOWED: readonly string[] = [
  '\x1b[m', '\x1b[0m', '\x1b[1;31m', '\x1b[38;5;196m', '\x1b[48;2;10;20;30m', '\x1b[38:2::1:2:3m', '\x1b[4:3m', '\x1b[39;49m', '\x1b[7m',
  '\x1b[K', '\x1b[0K', '\x1b[1K', '\x1b[2K', '\x1b[J', '\x1b[0J', '\x1b[C', '\x1b[12C', '\x1b[D', '\x1b[3D', '\x1b[G', '\x1b[1G', '\r', '\b', '\t', '\n',
  'plain', 'Zoë ✓ 漢字 😀', '[1m is no escape',
];

function oscs(): readonly string[] {
  const bodies = [
    '0;title', '1;icon', '2;title', '4;1;rgb:00/00/00', '4;1;?', '7;file://example.com/tmp', '8;;https://example.com', '8;;', '9;notify', '9;4;1;50', '10;?', '11;#000000',
    '12;?', '17;?', '21;x', '22;pointer', '50;font', '52;c;c2VjcmV0', '52;c;?', '99;i=1;hello', '104', '110', '112', '133;A', '133;D;0', '633;A', '633;E;rm -rf;nonce', '633;P;Cwd=/tmp', '697;x',
    '777;notify;a;b', '1337;File=name=x:AAAA', '1337;SetMark', '1337;CopyToClipboard=', '5522;type=read', '', 'x'.repeat(500),
  ];
  return bodies.flatMap((body) => [`\x1b]${body}\x07`, `\x1b]${body}\x1b\\`, `\u009d${body}\u009c`]);
}

function strings(): readonly string[] {
  return ['P', 'X', '^', '_'].flatMap((start) => ['q#0~', '+q544e', '$q"p', '1$r0m', '=1s', 'Ga=T,f=24;AAAA', '', '\x07still'].map((body) => `\x1b${start}${body}\x1b\\`)).concat(['\u0090q~\u009c', '\u0098x\u009c', '\u009ex\u009c', '\u009fx\u009c']);
}

function csis(): readonly string[] {
  const bodies = [
    'c', '0c', '>c', '=c', '5n', '6n', '?6n', '?15n', '?25n', 'x', '0x', '21t', '20t', '14t', '18t', '8;50;200t', '3;0;0t', '1t', '2t', '22;0t', '23;0t', '?1049h', '?1049l', '?47h', '?1047h', '?1000h',
    '?1002h', '?1003h', '?1006h', '?1004h', '?2004h', '?2026h', '?25l', '?25h', '?7l', '?1h', '4h', '20h', '12h', '?12h', '?2031h', '2J', '1J', '3J', '?J', 'H', '1;1H', '5;5f', '10d', '1e', '2E', '2F',
    '3;10r', 'r', '2S', '2T', '5L', '5M', '5P', '5@', '5X', '3b', '9999b', '5I', '5Z', '0g', '3g', '1q', '4 q', '"q', '!p', '61"p', '$p', '?2026$p', '>4;2m', '>1u', '<u', '?u', '=1;1u', 's', 'u', 'i', '5i', '4i', '?5i',
    '>0q', '>q', '1$y', '1;2;3;4$r', '2;2\'~', '200~', '201~', '?1;2m', '1;31\x18', '31 m', '31!m', '1000C', '99999C', '3K', '?K', `${'1;'.repeat(60)}m`, '5A', '99A', '7B',
  ];
  return bodies.flatMap((body) => [`\x1b[${body}`, `\u009b${body}`]).concat(['\u009b31m', '\u009bK', '\u009b2C']);
}

function escapes(): readonly string[] {
  return ['c', '7', '8', 'D', 'E', 'H', 'M', 'N', 'O', 'V', 'W', 'Z', '=', '>', 'l', 'm', 'n', 'o', '|', '}', '~', '#8', '#3', '(0', '(B', ')0', '*0', '+0', '-A', '.A', '/A', '%G', '%@', ' F', ' G', '\\'].map((body) => `\x1b${body}`);
}

function controls(): readonly string[] {
  const codes = [0, 1, 2, 3, 4, 5, 6, 7, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1c, 0x1d, 0x1e, 0x1f, 0x7f];
  const c1 = [0x80, 0x84, 0x85, 0x88, 0x8d, 0x8e, 0x8f, 0x91, 0x96, 0x97, 0x99, 0x9a, 0x9c];
  return [...codes, ...c1].map((code) => String.fromCharCode(code));
}
