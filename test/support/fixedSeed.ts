import fc from 'fast-check';

// A change is judged by what it changes, not by chance. `RUNBOOK_SEED=$RANDOM` looks elsewhere.
fc.configureGlobal({ seed: Number(process.env['RUNBOOK_SEED'] ?? 20_261_121) });
