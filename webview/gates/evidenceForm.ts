import type { EvidenceGiven, EvidenceRequest } from '../../src/events/index.js';
import { showControls } from '../../src/events/index.js';
import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';
import { button } from './button.js';
import type { GateContext } from './context.js';

/** The fields of a gate, and a way to read them. */
export interface EvidenceForm {
  readonly fields: readonly ElementNode[];
  /** What was given, or undefined after the first thing that is missing has been complained about. */
  read(): readonly EvidenceGiven[] | undefined;
}

interface Field {
  readonly node: ElementNode;
  /** What was given, or why it cannot be taken. */
  read(): EvidenceGiven | string;
}

/** Makes the form for what a gate asks for; `submit` is called on Enter in a field of text. */
export function evidenceForm(requests: readonly EvidenceRequest[], context: GateContext, submit: () => void): EvidenceForm {
  const fields = requests.map((request) => fieldOf(request, context, submit));
  return {
    fields: fields.map(({ node }) => node),
    read: () => {
      const given: EvidenceGiven[] = [];
      for (const field of fields) {
        const value = field.read();
        if (typeof value === 'string') {
          context.complain(value);
          return undefined;
        }
        given.push(value);
      }
      return given;
    },
  };
}

function fieldOf(request: EvidenceRequest, context: GateContext, submit: () => void): Field {
  switch (request.kind) {
    case 'attest':
      return attestation(request, context);
    case 'choice':
      return choice(request, context);
    case 'file':
      return file(request, context);
    case 'value':
      return request.type === 'boolean' ? choice({ ...request, options: ['true', 'false'] }, context) : value(request, context, submit);
  }
}

function attestation(request: EvidenceRequest, { drafts }: GateContext): Field {
  const changed = (event: Event): void => {
    drafts.set(request.id, (event.target as HTMLInputElement).checked ? 'yes' : '');
  };
  const node = h(
    'vscode-checkbox',
    { class: 'attest', ...(drafts.get(request.id) === 'yes' ? { checked: true } : {}), on: { change: changed } },
    request.title,
  );
  return {
    node,
    read: () => (drafts.get(request.id) === 'yes' ? { id: request.id, value: true } : `Still to be confirmed: ${request.title}`),
  };
}

function value(request: EvidenceRequest, { drafts }: GateContext, submit: () => void): Field {
  const typed = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    drafts.set(request.id, input.value);
    input.toggleAttribute('aria-invalid', false);
    if (input.value !== '' && !fits(request, input.value)) input.setAttribute('aria-invalid', 'true');
  };
  const keyed = (event: Event): void => {
    if ((event as KeyboardEvent).key === 'Enter') submit();
  };
  const hint = request.pattern === undefined ? undefined : h('span', { class: 'hint' }, `Form: ${request.pattern}`);
  const input = h('input', {
    type: 'text',
    value: drafts.get(request.id),
    autocomplete: 'off',
    spellcheck: 'false',
    on: { input: typed, keydown: keyed },
  });
  return {
    node: h('label', { class: 'field' }, h('span', { class: 'label' }, request.title), input, hint),
    read: () => {
      const text = drafts.get(request.id).trim();
      if (text === '') return `Still empty: ${request.title}`;
      if (!fits(request, text)) return `"${text}" does not have the form ${request.pattern ?? ''}. It is asked for as: ${request.title}`;
      return { id: request.id, value: typedValue(request, text) };
    },
  };
}

function choice(request: EvidenceRequest, { drafts }: GateContext): Field {
  const chosen = (event: Event): void => {
    drafts.set(request.id, (event.target as HTMLSelectElement).value);
  };
  const current = drafts.get(request.id);
  const options = ['', ...(request.options ?? [])].map((option) =>
    h('option', { value: option, ...(option === current ? { selected: true } : {}) }, option === '' ? 'Choose…' : option),
  );
  return {
    node: h('label', { class: 'field' }, h('span', { class: 'label' }, request.title), h('select', { on: { change: chosen } }, options)),
    read: () => {
      const text = drafts.get(request.id);
      return text === ''
        ? `Still to be chosen: ${request.title}`
        : { id: request.id, value: request.type === 'boolean' ? text === 'true' : text };
    },
  };
}

/** The host shows the dialog, reads the file and tells its name and SHA-256; its content never comes here. */
function file(request: EvidenceRequest, context: GateContext): Field {
  const label = document.createElement('span');
  label.className = 'hint';
  let chosen = remembered(context.drafts.get(request.id));
  const show = (): void => {
    label.textContent = chosen === undefined ? 'No file yet.' : showControls(`${String(chosen.value)} · SHA-256 ${chosen.sha256 ?? ''}`);
  };
  show();
  context.onFile((given) => {
    if (given.id !== request.id) return;
    chosen = given;
    context.drafts.set(request.id, JSON.stringify(given));
    show();
  });
  const choose = button('Choose file…', () => {
    context.chooseFile(request.id);
  });
  return {
    node: h('div', { class: 'field' }, h('span', { class: 'label' }, request.title), choose, {
      key: `file ${request.id}`,
      make: () => label,
    }),
    read: () => chosen ?? `Still without a file: ${request.title}`,
  };
}

function remembered(draft: string): EvidenceGiven | undefined {
  return draft === '' ? undefined : (JSON.parse(draft) as EvidenceGiven);
}

function typedValue(request: EvidenceRequest, text: string): string | number {
  return (request.type === 'integer' || request.type === 'port') && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

/** A first look for the person; the engine decides. */
function fits(request: EvidenceRequest, text: string): boolean {
  if (request.pattern === undefined) return true;
  try {
    return new RegExp(`^(?:${request.pattern})$`, 'u').test(text.trim());
  } catch {
    return true;
  }
}
