/** Whether a comparison holds, by the sign of what is compared less what it is compared with. `=` and `==` are the same. */
export function comparisonHolds(order: number, operator: string): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '!=':
      return order !== 0;
    default:
      return order === 0;
  }
}
