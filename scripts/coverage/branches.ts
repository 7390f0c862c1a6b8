import ts from 'typescript';

/** One way that the program can take at a place where it has a choice. */
export interface Branch {
  /** What the program does when it goes this way: `then`, `else`, `case` … */
  readonly kind: string;
  /** The code that runs on this way and no other. Absent for the other way of an `if` without `else`, where nothing runs. */
  readonly arm?: Range;
  /** For an `if` without `else`: what runs whether or not its condition holds, and what runs only when it does. */
  readonly passedBy?: { readonly whole: Range; readonly then: Range };
  /** Where the choice stands, from 1. */
  readonly line: number;
}

/** Characters of a source, the second number excluded. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Every branch of a TypeScript source: both ways of `if` and `?:`, what stands behind `&&`, `||` and `??`, the cases of a `switch`, `catch`, and values
 * that parameters have by default.
 */
export function branchesOf(name: string, text: string): readonly Branch[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const branches: Branch[] = [];
  const range = (node: ts.Node): Range => ({ from: node.getStart(source), to: node.end });
  const add = (kind: string, at: ts.Node, arm: Range): void => {
    if (arm.to > arm.from) branches.push({ kind, arm, line: lineOf(at) });
  };
  const lineOf = (node: ts.Node): number => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;

  function visit(node: ts.Node): void {
    if (ts.isIfStatement(node)) {
      const then = inside(node.thenStatement);
      add('then', node.thenStatement, then);
      if (node.elseStatement !== undefined) add('else', node.elseStatement, inside(node.elseStatement));
      else if (then.to > then.from) branches.push({ kind: 'no else', passedBy: { whole: range(node.expression), then }, line: lineOf(node) });
    } else if (ts.isConditionalExpression(node)) {
      add('? …', node.whenTrue, range(node.whenTrue));
      add(': …', node.whenFalse, range(node.whenFalse));
    } else if (ts.isBinaryExpression(node) && LAZY.has(node.operatorToken.kind)) {
      add(node.operatorToken.getText(source), node.right, range(node.right));
    } else if (ts.isCaseOrDefaultClause(node)) {
      const [first] = node.statements;
      if (first !== undefined) add(ts.isCaseClause(node) ? 'case' : 'default', node, inside(first));
    } else if (ts.isCatchClause(node)) {
      add('catch', node, inside(node.block));
    } else if (ts.isParameter(node) && node.initializer !== undefined) {
      add('value by default', node, range(node.initializer));
    }
    ts.forEachChild(node, visit);
  }

  /** Braces leave no trace in what is run; what stands between them does. */
  function inside(node: ts.Statement): Range {
    if (!ts.isBlock(node)) return range(node);
    const [first] = node.statements;
    return first === undefined ? { from: node.end, to: node.end } : { from: first.getStart(source), to: node.end - 1 };
  }

  visit(source);
  return branches;
}

const LAZY: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);
