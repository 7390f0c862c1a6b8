import type { PlanReport, ReportAdvisory } from '../planReport.js';

type Verdict = ReportAdvisory['hops'][number]['verdict'];

const VERDICTS: Readonly<Record<Verdict, string>> = {
  applies: 'applies',
  does_not_apply: 'does not apply',
  must_be_asked: 'must be asked',
};

/** What is said of an advisory, for the hops of which the same is to be said. */
export interface AdvisoryVerdict {
  readonly verdict: Verdict;
  readonly text: string;
}

/** Whether an advisory applies, and why: `hop 2: applies, because …`. */
export function verdictsOf({ hops }: ReportAdvisory, { hops: path }: Pick<PlanReport, 'hops'>): readonly AdvisoryVerdict[] {
  const said = new Map<string, ReportAdvisory['hops'][number][]>();
  for (const hop of hops) said.set(`${hop.verdict} ${hop.because}`, [...(said.get(`${hop.verdict} ${hop.because}`) ?? []), hop]);
  return [...said.values()].flatMap((same) =>
    same.slice(0, 1).map(({ verdict, because }) => {
      const numbers = same.flatMap(({ hop }) => hop ?? []);
      const everywhere = numbers.length === 0 || path.length <= 1 || numbers.length === path.length;
      return { verdict, text: `${everywhere ? '' : `hop ${numbers.join(', ')}: `}${VERDICTS[verdict]}, because ${because}` };
    }),
  );
}

/** What an advisory says, and what it demands; undefined where it concerns nobody. */
export function advisoryText({ text, demands, hops }: ReportAdvisory): string | undefined {
  if (hops.every(({ verdict }) => verdict === 'does_not_apply')) return undefined;
  return `${text.trim()}${{ nothing: '', acknowledgement: ' It must be acknowledged.', stop: ' It forbids the upgrade.' }[demands]}`;
}
