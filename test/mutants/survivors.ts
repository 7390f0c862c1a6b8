const BRINGS_BACK = 'It only brings back what a step before took away; to take that back would be to do harm once more.';
const LOOKED_AT_NEXT = 'It declares no effect, and the next steps look at what it has done: without it they fail.';
const ONLY_LOOKS = 'A script that declares no effect may take its time; a person sees it running and can stop it.';
const ONLY_A_HEADING = 'Its steps are used by their own ids; the name of the procedure is a heading that nothing refers to.';
const SAME_WAY =
  'A hop stops only at a version later than the one it begins at: whatever begins at the stop or beyond it goes the same way.';
const ONE_SECOND_HOP = 'It is asked in a second hop only, and the one stop of this path lets every second hop begin at 9.1.000001.';

/**
 * Mutants of which nothing is said, by file and what is different, each with the reason. Any other must be found, and each of these must
 * go on being unfound.
 */
export const SURVIVORS: Readonly<Record<string, string>> = {
  'secret-server/clustering.runbook deleted: steps/others/steps/start_pool/undo': BRINGS_BACK,
  'sps/sps.runbook deleted: steps/finish/undo': BRINGS_BACK,
  'urbancode-ha/urbancode.runbook deleted: procedures/upgrade_server/start/undo': BRINGS_BACK,
  'urbancode-ha/urbancode.runbook deleted: steps/rejoin/undo': BRINGS_BACK,
  'windows-patching/patching.runbook deleted: steps/servers/steps/start_pool/undo': BRINGS_BACK,
  'windows-patching/patching.runbook deleted: steps/servers/steps/rejoin/undo': BRINGS_BACK,
  'secret-server/setup.runbook deleted: steps/confirm/verify': LOOKED_AT_NEXT,
  'secret-server/setup.runbook deleted: steps/return_home/verify': LOOKED_AT_NEXT,
  'sps/sps.runbook deleted: procedures/upgrade_node/test/timeout': ONLY_LOOKS,
  'windows-patching/patching.runbook deleted: finally/events/timeout': ONLY_LOOKS,
  'windows-patching/patching.runbook misspelt name: prerequisites/approved/evidence/Number of the change/value: channge':
    'The value is kept with the run, and nothing in the runbook needs it: any name is as good.',
  'sps/sps.runbook misspelt key: procedures/power_on': ONLY_A_HEADING,
  'sps/sps.runbook misspelt key: procedures/upgrade_node': ONLY_A_HEADING,
  'secret-server/secret_server.runbook version: upgrade/stops/1/from: 9.1.000000 as 9.1.000001': SAME_WAY,
  'secret-server/setup.runbook version: procedures/settle/settled/wait/not/http/url: 10.2.000000 as 10.2.000001': ONE_SECOND_HOP,
  'secret-server/setup.runbook version: procedures/settle/settled/wait/not/http/url: 10.2.000000 as 11.2.000000': ONE_SECOND_HOP,
};
