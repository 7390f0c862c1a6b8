const EQUALITY: Readonly<Record<string, string>> = { '==': 'Is the same.', '!=': 'Is not the same.' };
const ORDER: Readonly<Record<string, string>> = {
  '<': 'Is less.',
  '<=': 'Is less, or the same.',
  '>': 'Is more.',
  '>=': 'Is more, or the same.',
};
const LOGIC: Readonly<Record<string, string>> = {
  '&&': 'Both hold. What one side has decided needs nothing of the other.',
  '||': 'At least one of them holds. What one side has decided needs nothing of the other.',
  '?': 'Takes the first value where this holds, else the one behind the colon: `inputs.fips ? "a" : "b"`.',
};
const MATHS: Readonly<Record<string, string>> = {
  '+': 'The sum.',
  '-': 'The difference.',
  '*': 'The product.',
  '/': 'The quotient.',
  '%': 'The rest of a division.',
};
const TEXT: Readonly<Record<string, string>> = { '+': 'Both texts, one behind the other.' };
const MEMBERSHIP: Readonly<Record<string, string>> = { in: 'Whether it is an item of a list, or a key of a mapping.' };

/** Operators that can stand behind a value of a type, with what they mean. A value of any type takes all of them. */
export function operatorsFor(type: string): Readonly<Record<string, string>> {
  switch (type) {
    case 'bool':
      return { ...LOGIC, ...EQUALITY };
    case 'version':
      return { ...ORDER, '==': EQUALITY['=='] ?? '' };
    case 'int':
    case 'uint':
    case 'double':
      return { ...EQUALITY, ...ORDER, ...MATHS };
    case 'string':
      return { ...EQUALITY, ...TEXT, ...MEMBERSHIP };
    case 'dyn':
      return { ...EQUALITY, ...ORDER, ...LOGIC, ...MEMBERSHIP };
    default:
      return EQUALITY;
  }
}
