/** What the cases of a row measured under one name. */
export interface Figure {
  readonly count: number;
  readonly sum: number;
  readonly max: number;
}

export type Figures = Readonly<Record<string, Figure>>;

/** The figures with those of one more case. */
export function withMeasured(figures: Figures, measured: Readonly<Record<string, number>>): Figures {
  const all: Record<string, Figure> = { ...figures };
  for (const [name, value] of Object.entries(measured)) {
    const { count, sum, max } = all[name] ?? { count: 0, sum: 0, max: -Infinity };
    all[name] = { count: count + 1, sum: sum + value, max: Math.max(max, value) };
  }
  return all;
}

/** Figures as a person reads them: the sum of what is counted, the highest of what has a unit at the end of its name. */
export function figuresText(figures: Figures): string {
  return Object.entries(figures)
    .map(([name, { sum, max }]) => {
      const unit = /_(ms|s|mb|kb|bytes|percent)$/.exec(name)?.[1];
      const words = (unit === undefined ? name : name.slice(0, -unit.length - 1)).replaceAll('_', ' ');
      return unit === undefined
        ? `${rounded(sum)} ${words}`
        : `${words} up to ${rounded(max)} ${unit === 'percent' ? '%' : unit.replace('mb', 'MB')}`;
    })
    .join(', ');
}

function rounded(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en-US') : value.toPrecision(3);
}
