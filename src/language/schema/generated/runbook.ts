// Generated from the schema by `npm run generate`. Do not edit.
/**
 * Type of the value.
 * 
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "value_type".
 */
export type ValueType = ("string" | "boolean" | "integer" | "version" | "version_range" | "url" | "address" | "path" | "port" | "file" | "duration" | "choice")
/**
 * Arguments of the script, in order. Each arrives as one argument, whatever it contains.
 * 
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "args".
 */
export type Args = ((string | number | boolean) | {
/**
 * The argument.
 */
value: (string | number | boolean)
/**
 * Passed only when this is true.
 */
when: string
})[]
/**
 * Shell of the script: `sh -eu` (default), `bash -eu`, or PowerShell with `$ErrorActionPreference = "Stop"` (default on Windows).
 * 
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "shell".
 */
export type Shell = ("sh" | "bash" | "powershell")
/**
 * Run with the rights of another user.
 * 
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "become".
 */
export type Become = (boolean | {
/**
 * User to become. Default: root.
 */
user?: string
/**
 * Secret that holds the password `sudo` asks for.
 */
password?: string
})
/**
 * A script. Values reach it by `args` ("$@", or @args in PowerShell) and `env`; `${{ }}` is not replaced in it.
 * 
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "script".
 */
export type Script = (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
/**
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "role_list".
 */
export type RoleList = (string | string[])

/**
 * An upgrade or maintenance procedure, independent of the environment it is run on.
 */
export interface Runbook {
/**
 * Version of the language.
 */
runbook: "v1"
/**
 * Name of the runbook.
 */
id: string
/**
 * Title, as people read it.
 */
title: string
/**
 * Words to find it by.
 */
tags?: string[]
/**
 * Place in a list; lower comes first.
 */
priority?: number
/**
 * Related documents and runbooks.
 */
related?: {
/**
 * Title.
 */
title: string
/**
 * Address or relative path.
 */
link: string
}[]
/**
 * Documents that `source` refers to.
 */
documents?: {
[k: string]: {
/**
 * Title.
 */
title: string
/**
 * Address or relative path.
 */
link?: string
}
}
/**
 * Remarks about the whole run.
 */
notes?: Note[]
/**
 * Values that differ from run to run; given by the inventory or at start.
 */
inputs?: {
[k: string]: Input
}
/**
 * Secrets the run needs. Only their names are ever stored.
 */
secrets?: {
[k: string]: {
/**
 * What it is.
 */
title: string
/**
 * Environment variable it may be taken from. Default: `RUNBOOK_SECRET_` and the name in upper case.
 */
env?: string
}
}
/**
 * People and teams to turn to.
 */
contacts?: {
[k: string]: {
/**
 * Who.
 */
title: string
/**
 * Address.
 */
url?: string
/**
 * Telephone number.
 */
phone?: string
/**
 * Mail address.
 */
email?: string
}
}
/**
 * Version schemes. Numeric parts compare as numbers; labels do not count.
 */
versions?: {
[k: string]: {
/**
 * Shape of a version. Named groups become fields of it.
 */
pattern: string
}
}
/**
 * What kinds of hosts take part.
 */
roles?: {
[k: string]: Role
}
/**
 * What must be known before and during the run.
 */
facts?: {
[k: string]: Fact
}
/**
 * The path from the installed version to the one that is wanted.
 */
upgrade?: {
/**
 * The fact that says which version is installed. Hosts that differ at the start are a question.
 */
installed: string
/**
 * The version to end with, as `${{ inputs.NAME }}`.
 */
to: string
/**
 * Where the procedure applies; elsewhere there is no plan.
 */
supported?: {
/**
 * Installed versions this procedure is for: `>= 7.1.000015`.
 */
range: string
/**
 * Whom to ask when the installed version is another one.
 */
otherwise?: string
}
/**
 * Versions at which an upgrade must stop on its way. Each makes one more hop.
 */
stops?: {
/**
 * Applies when a hop would begin at one of these.
 */
from: string
/**
 * And would end at one of these.
 */
to: string
/**
 * The version to go to first.
 */
via: string
/**
 * Why.
 */
because?: string
}[]
/**
 * More specific procedures for certain hops. The first that applies is taken.
 */
instead?: {
/**
 * Judged for each hop: `hop.from`, `hop.to`.
 */
when: string
/**
 * The runbook that is followed for such a hop, in place of the group marked `per_hop` or of `steps`.
 */
use: string
/**
 * What it is.
 */
title?: string
/**
 * Its roles, bound to roles of this file.
 */
roles?: {
/**
 * A role of this file.
 */
[k: string]: string
}
/**
 * Its inputs.
 */
with?: {
[k: string]: (string | number | boolean)
}
}[]
}
/**
 * Remarks of the vendor that depend on versions, components and layout.
 */
advisories?: Advisory[]
/**
 * These hosts share one outage: it must fit into one maintenance window. It does not mean that they are worked on in parallel.
 */
outage?: {
/**
 * The hosts that are out of service together.
 */
of: (string | string[])
/**
 * Why.
 */
because: string
}
/**
 * Orders that are proven for every plan before anything runs.
 */
order?: {
/**
 * What must have happened, and been verified, on all hosts of its role.
 */
first: {
/**
 * On every host of these roles: backup.
 */
backup?: (string | string[])
/**
 * On every host of these roles: stop.
 */
stop?: (string | string[])
/**
 * On every host of these roles: start.
 */
start?: (string | string[])
/**
 * On every host of these roles: boot.
 */
boot?: (string | string[])
/**
 * On every host of these roles: upgrade.
 */
upgrade?: (string | string[])
/**
 * On every host of these roles: isolate.
 */
isolate?: (string | string[])
/**
 * On every host of these roles: rejoin.
 */
rejoin?: (string | string[])
/**
 * On every host of these roles: configure.
 */
configure?: (string | string[])
/**
 * On every host of these roles: destroy.
 */
destroy?: (string | string[])
}
/**
 * Before any of this begins.
 */
then: {
/**
 * On every host of these roles: backup.
 */
backup?: (string | string[])
/**
 * On every host of these roles: stop.
 */
stop?: (string | string[])
/**
 * On every host of these roles: start.
 */
start?: (string | string[])
/**
 * On every host of these roles: boot.
 */
boot?: (string | string[])
/**
 * On every host of these roles: upgrade.
 */
upgrade?: (string | string[])
/**
 * On every host of these roles: isolate.
 */
isolate?: (string | string[])
/**
 * On every host of these roles: rejoin.
 */
rejoin?: (string | string[])
/**
 * On every host of these roles: configure.
 */
configure?: (string | string[])
/**
 * On every host of these roles: destroy.
 */
destroy?: (string | string[])
}
/**
 * `host`: each host by itself, when both sides are about the same hosts.
 */
per?: ("all" | "host")
/**
 * Why it matters; shown with the trace that breaks it.
 */
because?: string
/**
 * The sentence of a document this comes from.
 */
source?: string
}[]
/**
 * What must hold at certain moments of the run.
 */
invariants?: {
/**
 * What must stay true.
 */
title?: string
holds: Probe
/**
 * When it is asked.
 */
at: (("start" | "end") | string[])
/**
 * Why.
 */
because?: string
}[]
/**
 * Steps that must be done before the first of `steps`; they change nothing.
 */
prerequisites?: Step[]
/**
 * Lists of steps to be used by name.
 */
procedures?: {
[k: string]: Step[]
}
/**
 * The procedure.
 */
steps: Step[]
/**
 * Steps done at the end, whatever happened. `run.failed` tells.
 */
finally?: Step[]
/**
 * What to run afterwards; named at the end of the run.
 */
next?: {
/**
 * The runbook.
 */
use: string
/**
 * What comes next.
 */
title?: string
/**
 * Only when true.
 */
when?: string
}[]
}
/**
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "note".
 */
export interface Note {
/**
 * How much it matters.
 */
severity: ("note" | "important" | "warning" | "caution")
/**
 * The remark.
 */
text: string
/**
 * Where to read more.
 */
link?: string
}
/**
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "input".
 */
export interface Input {
type: ValueType
/**
 * With `type: version`: one of `versions`, by name. Default: dotted numbers.
 */
scheme?: string
/**
 * Label.
 */
title?: string
/**
 * What it is for.
 */
description?: string
/**
 * With `type: choice`: what can be chosen.
 */
options?: string[]
/**
 * The whole value must match.
 */
pattern?: string
/**
 * Used when nothing else gives a value.
 */
default?: (string | number | boolean)
/**
 * What follows from choosing it, shown before the choice.
 */
consequence?: string
/**
 * With `type: file`: how the name must end.
 */
suffix?: string
}
/**
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "role".
 */
export interface Role {
/**
 * What these hosts are.
 */
title?: string
/**
 * How many: `1`, `0..1`, `2..`.
 */
hosts?: (number | string)
/**
 * Platforms the procedure knows for this role. Default: linux.
 */
platforms?: ("linux" | "macos" | "windows")[]
/**
 * What every host of this role must have bound in the inventory; later `host.NAME`.
 */
vars?: {
[k: string]: (ValueType | {
type: ValueType
/**
 * With `type: version`: one of `versions`, by name. Default: dotted numbers.
 */
scheme?: string
/**
 * Label.
 */
title?: string
/**
 * What it is for.
 */
description?: string
/**
 * With `type: choice`: what can be chosen.
 */
options?: string[]
/**
 * The whole value must match.
 */
pattern?: string
/**
 * Used when the inventory gives none.
 */
default?: (string | number | boolean)
})
}
/**
 * The role this one is derived from.
 */
of?: string
/**
 * One host by its place in the inventory.
 */
pick?: ("first" | "last")
/**
 * The hosts for which this is true; read before the first act.
 */
where?: string
/**
 * All hosts of `of` but these.
 */
except?: string
}
/**
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "fact".
 */
export interface Fact {
type: ValueType
/**
 * With `type: version`: one of `versions`, by name. Default: dotted numbers.
 */
scheme?: string
/**
 * Label.
 */
title?: string
/**
 * What it is for.
 */
description?: string
/**
 * With `type: choice`: what can be chosen.
 */
options?: string[]
/**
 * The whole value must match.
 */
pattern?: string
/**
 * With it the fact is known per host, without it once for the run.
 */
on?: (string | string[])
/**
 * How to find out: a probe, or a list of which the first that answers counts.
 */
read?: (Probe | Probe[])
/**
 * The question to a person, when no probe answers.
 */
ask?: string
}
/**
 * A typed question with three answers: holds, does not hold, could not tell. Exactly one kind.
 * 
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "probe".
 */
export interface Probe {
/**
 * Runs a read-only command on the host.
 */
command?: {
/**
 * The script to run on the host. It takes no interpolation; values reach it by `args` and `env`.
 */
run: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
args?: Args
env?: Env
shell?: Shell
/**
 * Directory to run in. Default: the home directory of the login user.
 */
workdir?: string
become?: Become
/**
 * The exit code that counts as *holds*.
 */
exit?: number
/**
 * Standard output must contain a match of this pattern.
 */
stdout?: string
/**
 * The value this probe yields: the first group of the first match in standard output. Without it and `stdout`, the trimmed output.
 */
capture?: string
}
/**
 * Asks a web address. Redirects are not followed.
 */
http?: {
/**
 * Absolute address, http or https. Asked from the machine of the operator unless `from` says otherwise.
 */
url: string
/**
 * Request method.
 */
method?: ("GET" | "HEAD" | "POST")
/**
 * Request headers.
 */
headers?: {
/**
 * Value of the header.
 */
[k: string]: string
}
/**
 * User name for basic authentication.
 */
user?: string
/**
 * Password for basic authentication, as `${{ secrets.NAME }}`.
 */
password?: string
/**
 * The status that must come back. Default: any of 200 to 299.
 */
status?: number
/**
 * The answer must be a redirect to an address whose path starts with this.
 */
redirects_to?: string
/**
 * Must be true. Sees `body` (parsed JSON, or text) and `status`.
 */
that?: string
/**
 * The value this probe yields: the first group of the first match in the body. Without it, `value`, `that` and `redirects_to`, the trimmed body.
 */
capture?: string
/**
 * The value this probe yields, from `body` and `status`.
 */
value?: string
}
/**
 * A file or directory on the host.
 */
file?: {
/**
 * Absolute path on the host.
 */
path: string
/**
 * What must be true of the path.
 */
state?: ("present" | "absent")
/**
 * The text of the file must contain a match of this pattern.
 */
contains?: string
/**
 * The file must have been changed within this time, by the clock of the host.
 */
max_age?: string
/**
 * The file must have this SHA-256 (64 hexadecimal digits).
 */
sha256?: string
}
/**
 * Whether a program listens on a TCP port of the host. The number is compared whole: 8443 is never 18443.
 */
port?: {
/**
 * TCP port, 1 to 65535.
 */
number: (number | string)
/**
 * `open`: something listens on it on the host itself.
 */
state?: ("open" | "closed")
}
/**
 * Processes of the host.
 */
process?: {
/**
 * Name of the program, compared whole with the last part of its path.
 */
name?: string
/**
 * A match anywhere in the command line. The probe itself is never counted.
 */
command_line?: string
/**
 * What must be true of the process.
 */
state?: ("present" | "absent")
}
/**
 * A service of the host, asked from its service manager.
 */
service?: {
/**
 * Name of the service as its service manager knows it.
 */
name: string
/**
 * What must be true of the service.
 */
state?: ("started" | "stopped")
}
/**
 * `reachable`: its SSH port answers. `rebooted`: its boot id differs from the one seen when the run began.
 */
host?: ("reachable" | "unreachable" | "rebooted")
/**
 * Proves that a secret works, without changing anything.
 */
login?: {
/**
 * Address that asks for basic authentication.
 */
http?: string
/**
 * Address of a management controller, asked with `ipmitool`.
 */
ipmi?: string
/**
 * Login name.
 */
user?: string
/**
 * Name of the secret that must work.
 */
secret: string
}
/**
 * A condition over inputs, facts, hosts and values of earlier steps.
 */
that?: string
/**
 * A fact has the same value on all hosts of these roles.
 */
same?: {
/**
 * Name of a fact that is read per host.
 */
fact: string
/**
 * The roles whose hosts must agree.
 */
across: (string | string[])
}
/**
 * Every one of these holds.
 */
all?: Probe[]
/**
 * At least one of these holds.
 */
any?: Probe[]
not?: Probe1
}
/**
 * Environment variables of the script. Booleans arrive as `true` and `false`.
 * 
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "env".
 */
export interface Env {
/**
 * Value of the variable.
 */
[k: string]: (string | number | boolean)
}
/**
 * This one does not hold. Could-not-tell stays could-not-tell.
 */
export interface Probe1 {
/**
 * Runs a read-only command on the host.
 */
command?: {
/**
 * The script to run on the host. It takes no interpolation; values reach it by `args` and `env`.
 */
run: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
args?: Args
env?: Env
shell?: Shell
/**
 * Directory to run in. Default: the home directory of the login user.
 */
workdir?: string
become?: Become
/**
 * The exit code that counts as *holds*.
 */
exit?: number
/**
 * Standard output must contain a match of this pattern.
 */
stdout?: string
/**
 * The value this probe yields: the first group of the first match in standard output. Without it and `stdout`, the trimmed output.
 */
capture?: string
}
/**
 * Asks a web address. Redirects are not followed.
 */
http?: {
/**
 * Absolute address, http or https. Asked from the machine of the operator unless `from` says otherwise.
 */
url: string
/**
 * Request method.
 */
method?: ("GET" | "HEAD" | "POST")
/**
 * Request headers.
 */
headers?: {
/**
 * Value of the header.
 */
[k: string]: string
}
/**
 * User name for basic authentication.
 */
user?: string
/**
 * Password for basic authentication, as `${{ secrets.NAME }}`.
 */
password?: string
/**
 * The status that must come back. Default: any of 200 to 299.
 */
status?: number
/**
 * The answer must be a redirect to an address whose path starts with this.
 */
redirects_to?: string
/**
 * Must be true. Sees `body` (parsed JSON, or text) and `status`.
 */
that?: string
/**
 * The value this probe yields: the first group of the first match in the body. Without it, `value`, `that` and `redirects_to`, the trimmed body.
 */
capture?: string
/**
 * The value this probe yields, from `body` and `status`.
 */
value?: string
}
/**
 * A file or directory on the host.
 */
file?: {
/**
 * Absolute path on the host.
 */
path: string
/**
 * What must be true of the path.
 */
state?: ("present" | "absent")
/**
 * The text of the file must contain a match of this pattern.
 */
contains?: string
/**
 * The file must have been changed within this time, by the clock of the host.
 */
max_age?: string
/**
 * The file must have this SHA-256 (64 hexadecimal digits).
 */
sha256?: string
}
/**
 * Whether a program listens on a TCP port of the host. The number is compared whole: 8443 is never 18443.
 */
port?: {
/**
 * TCP port, 1 to 65535.
 */
number: (number | string)
/**
 * `open`: something listens on it on the host itself.
 */
state?: ("open" | "closed")
}
/**
 * Processes of the host.
 */
process?: {
/**
 * Name of the program, compared whole with the last part of its path.
 */
name?: string
/**
 * A match anywhere in the command line. The probe itself is never counted.
 */
command_line?: string
/**
 * What must be true of the process.
 */
state?: ("present" | "absent")
}
/**
 * A service of the host, asked from its service manager.
 */
service?: {
/**
 * Name of the service as its service manager knows it.
 */
name: string
/**
 * What must be true of the service.
 */
state?: ("started" | "stopped")
}
/**
 * `reachable`: its SSH port answers. `rebooted`: its boot id differs from the one seen when the run began.
 */
host?: ("reachable" | "unreachable" | "rebooted")
/**
 * Proves that a secret works, without changing anything.
 */
login?: {
/**
 * Address that asks for basic authentication.
 */
http?: string
/**
 * Address of a management controller, asked with `ipmitool`.
 */
ipmi?: string
/**
 * Login name.
 */
user?: string
/**
 * Name of the secret that must work.
 */
secret: string
}
/**
 * A condition over inputs, facts, hosts and values of earlier steps.
 */
that?: string
/**
 * A fact has the same value on all hosts of these roles.
 */
same?: {
/**
 * Name of a fact that is read per host.
 */
fact: string
/**
 * The roles whose hosts must agree.
 */
across: (string | string[])
}
/**
 * Every one of these holds.
 */
all?: Probe[]
/**
 * At least one of these holds.
 */
any?: Probe[]
not?: Probe1
}
/**
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "advisory".
 */
export interface Advisory {
/**
 * Its name; `advisories.ID` says in a `when` whether it applies.
 */
id: string
/**
 * In a few words.
 */
title?: string
/**
 * How much it matters.
 */
severity: ("note" | "important" | "warning" | "caution")
/**
 * Applies when true. Judged for each hop: `hop.from`, `hop.to`, `crosses("10.0")`.
 */
when?: string
/**
 * Where `when` is false and this is true, nobody can tell from the vendor’s words: `ask` is asked.
 */
unsure_when?: string
/**
 * The question to a person; yes means that it applies.
 */
ask?: string
/**
 * What the vendor says.
 */
text: string
/**
 * Where to read more.
 */
link?: string
/**
 * `acknowledgement`: a person confirms it before the first step. `stop`: where it applies, the run does not begin.
 */
demands?: ("nothing" | "acknowledgement" | "stop")
/**
 * The sentence of a document this comes from.
 */
source?: string
}
/**
 * One step. Exactly one action.
 * 
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "step".
 */
export interface Step {
/**
 * Name of the step, unique among its siblings. Needed to refer to it.
 */
id?: string
/**
 * What the step does, in a few words.
 */
title?: string
/**
 * The hosts the step is about: `host` is each of them in turn, and its effects hit them.
 */
on?: (string | string[])
/**
 * Where it is performed: a role of one host, or `local` for the machine of the operator. Default: on the hosts it is about.
 */
from?: string
/**
 * Performed once for all hosts of `on` together.
 */
once?: boolean
/**
 * The step is skipped where this is false. What cannot be known is asked, never taken as false. A group is decided once for each host, when its first step is due.
 */
when?: string
/**
 * The operator may skip it without a reason.
 */
optional?: boolean
/**
 * At most this many hosts at a time. On a group: the whole group, batch by batch.
 */
serial?: number
/**
 * Time to wait between batches.
 */
pause_between?: string
/**
 * On one group of `steps`: the group is done once for each hop of the upgrade path, with `hop` for that one.
 */
per_hop?: boolean
/**
 * On a prerequisite: how long it takes until it is done, as `2 working days` or `36h`. Counts while planning.
 */
lead_time?: string
/**
 * On a prerequisite: how long it counts once it is done; older than that, it is done again before the steps begin.
 */
valid_for?: string
env?: Env
args?: Args
shell?: Shell
/**
 * Directory the script runs in. Default: the home directory of the login user.
 */
workdir?: string
become?: Become
/**
 * Run in a terminal, so that the program may ask questions. Implied by `answers`.
 */
terminal?: boolean
/**
 * Answers to the questions the program asks.
 */
answers?: Answer[]
/**
 * Values taken from what the step printed or answered; later `steps.ID.NAME`.
 */
outputs?: {
[k: string]: {
/**
 * The first group of the first match in standard output (or in the body of an `http` step).
 */
match?: string
/**
 * Computed from `stdout`, `exit`, `body` or `status`.
 */
value?: string
type?: ValueType
/**
 * With `type: version`: the name of its scheme.
 */
scheme?: string
/**
 * The value is a secret: it is kept in memory only, and what the step prints is neither shown nor kept. A run that is resumed needs the step again.
 */
secret?: boolean
}
}
/**
 * Time between two looks of a `wait`. Default: 10s.
 */
every?: string
/**
 * How long it usually takes. Only informs.
 */
estimate?: string
/**
 * Longest time for one attempt.
 */
timeout?: string
/**
 * Trying again by itself.
 */
retry?: {
/**
 * How often to try again by itself after a failure.
 */
times?: number
/**
 * Time between two tries. Default: 10s.
 */
every?: string
/**
 * Doing it twice does no harm, so it may also be repeated when nobody can know whether it ran.
 */
safe?: boolean
}
unless?: Probe2
verify?: Probe3
/**
 * What the step does to the hosts it is about.
 */
effects?: ("backup" | "stop" | "start" | "boot" | "upgrade" | "isolate" | "rejoin" | "configure" | "destroy")[]
/**
 * Effects that take place at the next boot of the host.
 */
stages?: ("backup" | "stop" | "start" | "boot" | "upgrade" | "isolate" | "rejoin" | "configure" | "destroy")[]
undo?: Undo
/**
 * Why it cannot be taken back. Shown before the run begins.
 */
irreversible?: string
/**
 * Help for the operator when the step fails.
 */
on_failure?: {
/**
 * Known causes and what to do. After a remedy the step is tried again.
 */
remedies?: Remedy[]
/**
 * Whom to turn to.
 */
escalate?: string
}
/**
 * What a person should see afterwards.
 */
expect?: string
/**
 * Picture of the expected screen, relative to the runbook.
 */
figure?: string
/**
 * Remarks shown with the step.
 */
notes?: Note[]
/**
 * What does not work meanwhile.
 */
impact?: string
/**
 * Places where progress can be seen.
 */
watch?: {
/**
 * Name of the place.
 */
title: string
/**
 * Its address.
 */
open: string
/**
 * Shown only when true.
 */
when?: string
}[]
/**
 * Address to open for the person.
 */
open?: string
/**
 * Somebody other than the operator must answer.
 */
approver?: "other_person"
/**
 * What the person gives as proof.
 */
evidence?: Evidence[]
/**
 * The sentence of a document this step comes from: `document#L12-L14`.
 */
source?: string
/**
 * Runs a script on the host.
 */
run?: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
/**
 * Starts, stops or restarts a service by its service script. Implies the effects `start`, `stop`, or both.
 */
service?: {
/**
 * Name of the service.
 */
name: string
/**
 * The state to bring it to, through the service manager of the host.
 */
state: ("started" | "stopped" | "restarted")
}
/**
 * What a person does, in Markdown. The run waits until the evidence is given.
 */
manual?: string
/**
 * Sends one request from the machine of the operator.
 */
http?: {
/**
 * Absolute address, http or https.
 */
url: string
/**
 * Request method.
 */
method?: ("GET" | "POST" | "PUT" | "PATCH" | "DELETE")
/**
 * Request headers.
 */
headers?: {
/**
 * Value of the header.
 */
[k: string]: string
}
/**
 * User name for basic authentication.
 */
user?: string
/**
 * Password for basic authentication, as `${{ secrets.NAME }}`.
 */
password?: string
/**
 * Fields of a form.
 */
form?: {
[k: string]: (string | number | boolean)
}
/**
 * Members of a flat JSON body.
 */
json?: {
[k: string]: (string | number | boolean)
}
/**
 * The status that counts as success. Default: any of 200 to 299.
 */
status?: number
/**
 * Must be true for success. Sees `body` and `status`.
 */
that?: string
}
/**
 * Copies a file to the host and compares its SHA-256 on both sides.
 */
upload?: {
/**
 * File on the machine of the operator; a relative path starts at the runbook.
 */
file: string
/**
 * Path on the host; one that ends with `/` is a directory.
 */
to: string
}
/**
 * Copies a file from the host into the folder of the run.
 */
download?: {
/**
 * File on the host.
 */
path: string
/**
 * Name of the file among the run’s downloads on the machine of the operator.
 */
to: string
}
/**
 * Reboots the host and waits until it is back. Implies the effects `stop` and `boot`.
 */
reboot?: {
/**
 * The command that reboots. Default: `reboot`.
 */
command?: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
back_when?: Probe6
}
/**
 * `#procedure` or `#step` of this file, `#a..b` for the steps from one to another, `other.runbook.yaml` for another file, `other.runbook.yaml#id` or `other.runbook.yaml#a..b` for a part of it.
 */
use?: string
check?: Probe7
wait?: Probe8
/**
 * A group of steps; each is finished on all its hosts before the next begins.
 */
steps?: Step[]
/**
 * The same goal by different ways, for example `gui` and `script`. The operator chooses; a headless run takes the first way that needs nobody.
 */
methods?: {
[k: string]: Method
}
/**
 * With `use` of another file: its roles, bound to roles of this one.
 */
roles?: {
/**
 * A role of this file.
 */
[k: string]: string
}
/**
 * With `use` of another file: its inputs.
 */
with?: {
[k: string]: (string | number | boolean)
}
}
/**
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "answer".
 */
export interface Answer {
/**
 * Pattern of the question on the screen.
 */
prompt: string
/**
 * Typed, followed by Enter.
 */
answer?: (string | number | boolean)
/**
 * This question must not come; the step fails at once with this reason.
 */
never?: string
/**
 * Counts only when true.
 */
when?: string
/**
 * The answer is not shown.
 */
secret?: boolean
}
/**
 * A typed question with three answers: holds, does not hold, could not tell. Exactly one kind.
 */
export interface Probe2 {
/**
 * Runs a read-only command on the host.
 */
command?: {
/**
 * The script to run on the host. It takes no interpolation; values reach it by `args` and `env`.
 */
run: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
args?: Args
env?: Env
shell?: Shell
/**
 * Directory to run in. Default: the home directory of the login user.
 */
workdir?: string
become?: Become
/**
 * The exit code that counts as *holds*.
 */
exit?: number
/**
 * Standard output must contain a match of this pattern.
 */
stdout?: string
/**
 * The value this probe yields: the first group of the first match in standard output. Without it and `stdout`, the trimmed output.
 */
capture?: string
}
/**
 * Asks a web address. Redirects are not followed.
 */
http?: {
/**
 * Absolute address, http or https. Asked from the machine of the operator unless `from` says otherwise.
 */
url: string
/**
 * Request method.
 */
method?: ("GET" | "HEAD" | "POST")
/**
 * Request headers.
 */
headers?: {
/**
 * Value of the header.
 */
[k: string]: string
}
/**
 * User name for basic authentication.
 */
user?: string
/**
 * Password for basic authentication, as `${{ secrets.NAME }}`.
 */
password?: string
/**
 * The status that must come back. Default: any of 200 to 299.
 */
status?: number
/**
 * The answer must be a redirect to an address whose path starts with this.
 */
redirects_to?: string
/**
 * Must be true. Sees `body` (parsed JSON, or text) and `status`.
 */
that?: string
/**
 * The value this probe yields: the first group of the first match in the body. Without it, `value`, `that` and `redirects_to`, the trimmed body.
 */
capture?: string
/**
 * The value this probe yields, from `body` and `status`.
 */
value?: string
}
/**
 * A file or directory on the host.
 */
file?: {
/**
 * Absolute path on the host.
 */
path: string
/**
 * What must be true of the path.
 */
state?: ("present" | "absent")
/**
 * The text of the file must contain a match of this pattern.
 */
contains?: string
/**
 * The file must have been changed within this time, by the clock of the host.
 */
max_age?: string
/**
 * The file must have this SHA-256 (64 hexadecimal digits).
 */
sha256?: string
}
/**
 * Whether a program listens on a TCP port of the host. The number is compared whole: 8443 is never 18443.
 */
port?: {
/**
 * TCP port, 1 to 65535.
 */
number: (number | string)
/**
 * `open`: something listens on it on the host itself.
 */
state?: ("open" | "closed")
}
/**
 * Processes of the host.
 */
process?: {
/**
 * Name of the program, compared whole with the last part of its path.
 */
name?: string
/**
 * A match anywhere in the command line. The probe itself is never counted.
 */
command_line?: string
/**
 * What must be true of the process.
 */
state?: ("present" | "absent")
}
/**
 * A service of the host, asked from its service manager.
 */
service?: {
/**
 * Name of the service as its service manager knows it.
 */
name: string
/**
 * What must be true of the service.
 */
state?: ("started" | "stopped")
}
/**
 * `reachable`: its SSH port answers. `rebooted`: its boot id differs from the one seen when the run began.
 */
host?: ("reachable" | "unreachable" | "rebooted")
/**
 * Proves that a secret works, without changing anything.
 */
login?: {
/**
 * Address that asks for basic authentication.
 */
http?: string
/**
 * Address of a management controller, asked with `ipmitool`.
 */
ipmi?: string
/**
 * Login name.
 */
user?: string
/**
 * Name of the secret that must work.
 */
secret: string
}
/**
 * A condition over inputs, facts, hosts and values of earlier steps.
 */
that?: string
/**
 * A fact has the same value on all hosts of these roles.
 */
same?: {
/**
 * Name of a fact that is read per host.
 */
fact: string
/**
 * The roles whose hosts must agree.
 */
across: (string | string[])
}
/**
 * Every one of these holds.
 */
all?: Probe[]
/**
 * At least one of these holds.
 */
any?: Probe[]
not?: Probe1
}
/**
 * A typed question with three answers: holds, does not hold, could not tell. Exactly one kind.
 */
export interface Probe3 {
/**
 * Runs a read-only command on the host.
 */
command?: {
/**
 * The script to run on the host. It takes no interpolation; values reach it by `args` and `env`.
 */
run: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
args?: Args
env?: Env
shell?: Shell
/**
 * Directory to run in. Default: the home directory of the login user.
 */
workdir?: string
become?: Become
/**
 * The exit code that counts as *holds*.
 */
exit?: number
/**
 * Standard output must contain a match of this pattern.
 */
stdout?: string
/**
 * The value this probe yields: the first group of the first match in standard output. Without it and `stdout`, the trimmed output.
 */
capture?: string
}
/**
 * Asks a web address. Redirects are not followed.
 */
http?: {
/**
 * Absolute address, http or https. Asked from the machine of the operator unless `from` says otherwise.
 */
url: string
/**
 * Request method.
 */
method?: ("GET" | "HEAD" | "POST")
/**
 * Request headers.
 */
headers?: {
/**
 * Value of the header.
 */
[k: string]: string
}
/**
 * User name for basic authentication.
 */
user?: string
/**
 * Password for basic authentication, as `${{ secrets.NAME }}`.
 */
password?: string
/**
 * The status that must come back. Default: any of 200 to 299.
 */
status?: number
/**
 * The answer must be a redirect to an address whose path starts with this.
 */
redirects_to?: string
/**
 * Must be true. Sees `body` (parsed JSON, or text) and `status`.
 */
that?: string
/**
 * The value this probe yields: the first group of the first match in the body. Without it, `value`, `that` and `redirects_to`, the trimmed body.
 */
capture?: string
/**
 * The value this probe yields, from `body` and `status`.
 */
value?: string
}
/**
 * A file or directory on the host.
 */
file?: {
/**
 * Absolute path on the host.
 */
path: string
/**
 * What must be true of the path.
 */
state?: ("present" | "absent")
/**
 * The text of the file must contain a match of this pattern.
 */
contains?: string
/**
 * The file must have been changed within this time, by the clock of the host.
 */
max_age?: string
/**
 * The file must have this SHA-256 (64 hexadecimal digits).
 */
sha256?: string
}
/**
 * Whether a program listens on a TCP port of the host. The number is compared whole: 8443 is never 18443.
 */
port?: {
/**
 * TCP port, 1 to 65535.
 */
number: (number | string)
/**
 * `open`: something listens on it on the host itself.
 */
state?: ("open" | "closed")
}
/**
 * Processes of the host.
 */
process?: {
/**
 * Name of the program, compared whole with the last part of its path.
 */
name?: string
/**
 * A match anywhere in the command line. The probe itself is never counted.
 */
command_line?: string
/**
 * What must be true of the process.
 */
state?: ("present" | "absent")
}
/**
 * A service of the host, asked from its service manager.
 */
service?: {
/**
 * Name of the service as its service manager knows it.
 */
name: string
/**
 * What must be true of the service.
 */
state?: ("started" | "stopped")
}
/**
 * `reachable`: its SSH port answers. `rebooted`: its boot id differs from the one seen when the run began.
 */
host?: ("reachable" | "unreachable" | "rebooted")
/**
 * Proves that a secret works, without changing anything.
 */
login?: {
/**
 * Address that asks for basic authentication.
 */
http?: string
/**
 * Address of a management controller, asked with `ipmitool`.
 */
ipmi?: string
/**
 * Login name.
 */
user?: string
/**
 * Name of the secret that must work.
 */
secret: string
}
/**
 * A condition over inputs, facts, hosts and values of earlier steps.
 */
that?: string
/**
 * A fact has the same value on all hosts of these roles.
 */
same?: {
/**
 * Name of a fact that is read per host.
 */
fact: string
/**
 * The roles whose hosts must agree.
 */
across: (string | string[])
}
/**
 * Every one of these holds.
 */
all?: Probe[]
/**
 * At least one of these holds.
 */
any?: Probe[]
not?: Probe1
}
/**
 * How to take it back.
 */
export interface Undo {
/**
 * What it does.
 */
title?: string
/**
 * Runs a script on the host.
 */
run?: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
/**
 * Starts, stops or restarts a service by its service script. Implies the effects `start`, `stop`, or both.
 */
service?: {
/**
 * Name of the service.
 */
name: string
/**
 * The state to bring it to, through the service manager of the host.
 */
state: ("started" | "stopped" | "restarted")
}
/**
 * What a person does, in Markdown. The run waits until the evidence is given.
 */
manual?: string
/**
 * Sends one request from the machine of the operator.
 */
http?: {
/**
 * Absolute address, http or https.
 */
url: string
/**
 * Request method.
 */
method?: ("GET" | "POST" | "PUT" | "PATCH" | "DELETE")
/**
 * Request headers.
 */
headers?: {
/**
 * Value of the header.
 */
[k: string]: string
}
/**
 * User name for basic authentication.
 */
user?: string
/**
 * Password for basic authentication, as `${{ secrets.NAME }}`.
 */
password?: string
/**
 * Fields of a form.
 */
form?: {
[k: string]: (string | number | boolean)
}
/**
 * Members of a flat JSON body.
 */
json?: {
[k: string]: (string | number | boolean)
}
/**
 * The status that counts as success. Default: any of 200 to 299.
 */
status?: number
/**
 * Must be true for success. Sees `body` and `status`.
 */
that?: string
}
/**
 * Copies a file to the host and compares its SHA-256 on both sides.
 */
upload?: {
/**
 * File on the machine of the operator; a relative path starts at the runbook.
 */
file: string
/**
 * Path on the host; one that ends with `/` is a directory.
 */
to: string
}
/**
 * Copies a file from the host into the folder of the run.
 */
download?: {
/**
 * File on the host.
 */
path: string
/**
 * Name of the file among the run’s downloads on the machine of the operator.
 */
to: string
}
/**
 * Reboots the host and waits until it is back. Implies the effects `stop` and `boot`.
 */
reboot?: {
/**
 * The command that reboots. Default: `reboot`.
 */
command?: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
back_when?: Probe4
}
/**
 * `#procedure` or `#step` of this file, `#a..b` for the steps from one to another, `other.runbook.yaml` for another file, `other.runbook.yaml#id` or `other.runbook.yaml#a..b` for a part of it.
 */
use?: string
env?: Env
args?: Args
shell?: Shell
/**
 * Directory the script runs in. Default: the home directory of the login user.
 */
workdir?: string
become?: Become
/**
 * Run in a terminal, so that the program may ask questions. Implied by `answers`.
 */
terminal?: boolean
/**
 * Answers to the questions the program asks.
 */
answers?: Answer[]
/**
 * Address to open for the person.
 */
open?: string
/**
 * Somebody other than the operator must answer.
 */
approver?: "other_person"
/**
 * What the person gives as proof.
 */
evidence?: Evidence[]
/**
 * Where it is performed.
 */
from?: string
/**
 * Longest time it may take.
 */
timeout?: string
}
/**
 * A typed question with three answers: holds, does not hold, could not tell. Exactly one kind.
 */
export interface Probe4 {
/**
 * Runs a read-only command on the host.
 */
command?: {
/**
 * The script to run on the host. It takes no interpolation; values reach it by `args` and `env`.
 */
run: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
args?: Args
env?: Env
shell?: Shell
/**
 * Directory to run in. Default: the home directory of the login user.
 */
workdir?: string
become?: Become
/**
 * The exit code that counts as *holds*.
 */
exit?: number
/**
 * Standard output must contain a match of this pattern.
 */
stdout?: string
/**
 * The value this probe yields: the first group of the first match in standard output. Without it and `stdout`, the trimmed output.
 */
capture?: string
}
/**
 * Asks a web address. Redirects are not followed.
 */
http?: {
/**
 * Absolute address, http or https. Asked from the machine of the operator unless `from` says otherwise.
 */
url: string
/**
 * Request method.
 */
method?: ("GET" | "HEAD" | "POST")
/**
 * Request headers.
 */
headers?: {
/**
 * Value of the header.
 */
[k: string]: string
}
/**
 * User name for basic authentication.
 */
user?: string
/**
 * Password for basic authentication, as `${{ secrets.NAME }}`.
 */
password?: string
/**
 * The status that must come back. Default: any of 200 to 299.
 */
status?: number
/**
 * The answer must be a redirect to an address whose path starts with this.
 */
redirects_to?: string
/**
 * Must be true. Sees `body` (parsed JSON, or text) and `status`.
 */
that?: string
/**
 * The value this probe yields: the first group of the first match in the body. Without it, `value`, `that` and `redirects_to`, the trimmed body.
 */
capture?: string
/**
 * The value this probe yields, from `body` and `status`.
 */
value?: string
}
/**
 * A file or directory on the host.
 */
file?: {
/**
 * Absolute path on the host.
 */
path: string
/**
 * What must be true of the path.
 */
state?: ("present" | "absent")
/**
 * The text of the file must contain a match of this pattern.
 */
contains?: string
/**
 * The file must have been changed within this time, by the clock of the host.
 */
max_age?: string
/**
 * The file must have this SHA-256 (64 hexadecimal digits).
 */
sha256?: string
}
/**
 * Whether a program listens on a TCP port of the host. The number is compared whole: 8443 is never 18443.
 */
port?: {
/**
 * TCP port, 1 to 65535.
 */
number: (number | string)
/**
 * `open`: something listens on it on the host itself.
 */
state?: ("open" | "closed")
}
/**
 * Processes of the host.
 */
process?: {
/**
 * Name of the program, compared whole with the last part of its path.
 */
name?: string
/**
 * A match anywhere in the command line. The probe itself is never counted.
 */
command_line?: string
/**
 * What must be true of the process.
 */
state?: ("present" | "absent")
}
/**
 * A service of the host, asked from its service manager.
 */
service?: {
/**
 * Name of the service as its service manager knows it.
 */
name: string
/**
 * What must be true of the service.
 */
state?: ("started" | "stopped")
}
/**
 * `reachable`: its SSH port answers. `rebooted`: its boot id differs from the one seen when the run began.
 */
host?: ("reachable" | "unreachable" | "rebooted")
/**
 * Proves that a secret works, without changing anything.
 */
login?: {
/**
 * Address that asks for basic authentication.
 */
http?: string
/**
 * Address of a management controller, asked with `ipmitool`.
 */
ipmi?: string
/**
 * Login name.
 */
user?: string
/**
 * Name of the secret that must work.
 */
secret: string
}
/**
 * A condition over inputs, facts, hosts and values of earlier steps.
 */
that?: string
/**
 * A fact has the same value on all hosts of these roles.
 */
same?: {
/**
 * Name of a fact that is read per host.
 */
fact: string
/**
 * The roles whose hosts must agree.
 */
across: (string | string[])
}
/**
 * Every one of these holds.
 */
all?: Probe[]
/**
 * At least one of these holds.
 */
any?: Probe[]
not?: Probe1
}
/**
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "evidence".
 */
export interface Evidence {
/**
 * A sentence the person confirms.
 */
attest?: string
/**
 * Id of a value the person reads off and types; later `steps.ID.NAME`.
 */
value?: string
/**
 * Id of a choice the person makes; later `steps.ID.NAME`.
 */
choice?: string
/**
 * Id of a file the person attaches; its SHA-256 is kept.
 */
file?: string
/**
 * Label of the field.
 */
title?: string
type?: ValueType
/**
 * With `type: version`: the name of its scheme.
 */
scheme?: string
/**
 * The whole value must match.
 */
pattern?: string
/**
 * With `choice`: what can be chosen.
 */
options?: string[]
}
/**
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "remedy".
 */
export interface Remedy {
/**
 * What to do, as the operator reads it.
 */
title: string
/**
 * Offered first when the output or the message of the failure contains a match.
 */
match?: string
/**
 * The cause this remedy is for.
 */
cause?: string
/**
 * Runs a script on the host.
 */
run?: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
/**
 * Starts, stops or restarts a service by its service script. Implies the effects `start`, `stop`, or both.
 */
service?: {
/**
 * Name of the service.
 */
name: string
/**
 * The state to bring it to, through the service manager of the host.
 */
state: ("started" | "stopped" | "restarted")
}
/**
 * What a person does, in Markdown. The run waits until the evidence is given.
 */
manual?: string
/**
 * Sends one request from the machine of the operator.
 */
http?: {
/**
 * Absolute address, http or https.
 */
url: string
/**
 * Request method.
 */
method?: ("GET" | "POST" | "PUT" | "PATCH" | "DELETE")
/**
 * Request headers.
 */
headers?: {
/**
 * Value of the header.
 */
[k: string]: string
}
/**
 * User name for basic authentication.
 */
user?: string
/**
 * Password for basic authentication, as `${{ secrets.NAME }}`.
 */
password?: string
/**
 * Fields of a form.
 */
form?: {
[k: string]: (string | number | boolean)
}
/**
 * Members of a flat JSON body.
 */
json?: {
[k: string]: (string | number | boolean)
}
/**
 * The status that counts as success. Default: any of 200 to 299.
 */
status?: number
/**
 * Must be true for success. Sees `body` and `status`.
 */
that?: string
}
/**
 * Copies a file to the host and compares its SHA-256 on both sides.
 */
upload?: {
/**
 * File on the machine of the operator; a relative path starts at the runbook.
 */
file: string
/**
 * Path on the host; one that ends with `/` is a directory.
 */
to: string
}
/**
 * Copies a file from the host into the folder of the run.
 */
download?: {
/**
 * File on the host.
 */
path: string
/**
 * Name of the file among the run’s downloads on the machine of the operator.
 */
to: string
}
/**
 * Reboots the host and waits until it is back. Implies the effects `stop` and `boot`.
 */
reboot?: {
/**
 * The command that reboots. Default: `reboot`.
 */
command?: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
back_when?: Probe5
}
/**
 * `#procedure` or `#step` of this file, `#a..b` for the steps from one to another, `other.runbook.yaml` for another file, `other.runbook.yaml#id` or `other.runbook.yaml#a..b` for a part of it.
 */
use?: string
env?: Env
args?: Args
shell?: Shell
/**
 * Directory the script runs in. Default: the home directory of the login user.
 */
workdir?: string
become?: Become
/**
 * Run in a terminal, so that the program may ask questions. Implied by `answers`.
 */
terminal?: boolean
/**
 * Answers to the questions the program asks.
 */
answers?: Answer[]
/**
 * Address to open for the person.
 */
open?: string
/**
 * Somebody other than the operator must answer.
 */
approver?: "other_person"
/**
 * What the person gives as proof.
 */
evidence?: Evidence[]
/**
 * Where it is performed.
 */
from?: string
/**
 * Longest time it may take.
 */
timeout?: string
}
/**
 * A typed question with three answers: holds, does not hold, could not tell. Exactly one kind.
 */
export interface Probe5 {
/**
 * Runs a read-only command on the host.
 */
command?: {
/**
 * The script to run on the host. It takes no interpolation; values reach it by `args` and `env`.
 */
run: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
args?: Args
env?: Env
shell?: Shell
/**
 * Directory to run in. Default: the home directory of the login user.
 */
workdir?: string
become?: Become
/**
 * The exit code that counts as *holds*.
 */
exit?: number
/**
 * Standard output must contain a match of this pattern.
 */
stdout?: string
/**
 * The value this probe yields: the first group of the first match in standard output. Without it and `stdout`, the trimmed output.
 */
capture?: string
}
/**
 * Asks a web address. Redirects are not followed.
 */
http?: {
/**
 * Absolute address, http or https. Asked from the machine of the operator unless `from` says otherwise.
 */
url: string
/**
 * Request method.
 */
method?: ("GET" | "HEAD" | "POST")
/**
 * Request headers.
 */
headers?: {
/**
 * Value of the header.
 */
[k: string]: string
}
/**
 * User name for basic authentication.
 */
user?: string
/**
 * Password for basic authentication, as `${{ secrets.NAME }}`.
 */
password?: string
/**
 * The status that must come back. Default: any of 200 to 299.
 */
status?: number
/**
 * The answer must be a redirect to an address whose path starts with this.
 */
redirects_to?: string
/**
 * Must be true. Sees `body` (parsed JSON, or text) and `status`.
 */
that?: string
/**
 * The value this probe yields: the first group of the first match in the body. Without it, `value`, `that` and `redirects_to`, the trimmed body.
 */
capture?: string
/**
 * The value this probe yields, from `body` and `status`.
 */
value?: string
}
/**
 * A file or directory on the host.
 */
file?: {
/**
 * Absolute path on the host.
 */
path: string
/**
 * What must be true of the path.
 */
state?: ("present" | "absent")
/**
 * The text of the file must contain a match of this pattern.
 */
contains?: string
/**
 * The file must have been changed within this time, by the clock of the host.
 */
max_age?: string
/**
 * The file must have this SHA-256 (64 hexadecimal digits).
 */
sha256?: string
}
/**
 * Whether a program listens on a TCP port of the host. The number is compared whole: 8443 is never 18443.
 */
port?: {
/**
 * TCP port, 1 to 65535.
 */
number: (number | string)
/**
 * `open`: something listens on it on the host itself.
 */
state?: ("open" | "closed")
}
/**
 * Processes of the host.
 */
process?: {
/**
 * Name of the program, compared whole with the last part of its path.
 */
name?: string
/**
 * A match anywhere in the command line. The probe itself is never counted.
 */
command_line?: string
/**
 * What must be true of the process.
 */
state?: ("present" | "absent")
}
/**
 * A service of the host, asked from its service manager.
 */
service?: {
/**
 * Name of the service as its service manager knows it.
 */
name: string
/**
 * What must be true of the service.
 */
state?: ("started" | "stopped")
}
/**
 * `reachable`: its SSH port answers. `rebooted`: its boot id differs from the one seen when the run began.
 */
host?: ("reachable" | "unreachable" | "rebooted")
/**
 * Proves that a secret works, without changing anything.
 */
login?: {
/**
 * Address that asks for basic authentication.
 */
http?: string
/**
 * Address of a management controller, asked with `ipmitool`.
 */
ipmi?: string
/**
 * Login name.
 */
user?: string
/**
 * Name of the secret that must work.
 */
secret: string
}
/**
 * A condition over inputs, facts, hosts and values of earlier steps.
 */
that?: string
/**
 * A fact has the same value on all hosts of these roles.
 */
same?: {
/**
 * Name of a fact that is read per host.
 */
fact: string
/**
 * The roles whose hosts must agree.
 */
across: (string | string[])
}
/**
 * Every one of these holds.
 */
all?: Probe[]
/**
 * At least one of these holds.
 */
any?: Probe[]
not?: Probe1
}
/**
 * A typed question with three answers: holds, does not hold, could not tell. Exactly one kind.
 */
export interface Probe6 {
/**
 * Runs a read-only command on the host.
 */
command?: {
/**
 * The script to run on the host. It takes no interpolation; values reach it by `args` and `env`.
 */
run: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
args?: Args
env?: Env
shell?: Shell
/**
 * Directory to run in. Default: the home directory of the login user.
 */
workdir?: string
become?: Become
/**
 * The exit code that counts as *holds*.
 */
exit?: number
/**
 * Standard output must contain a match of this pattern.
 */
stdout?: string
/**
 * The value this probe yields: the first group of the first match in standard output. Without it and `stdout`, the trimmed output.
 */
capture?: string
}
/**
 * Asks a web address. Redirects are not followed.
 */
http?: {
/**
 * Absolute address, http or https. Asked from the machine of the operator unless `from` says otherwise.
 */
url: string
/**
 * Request method.
 */
method?: ("GET" | "HEAD" | "POST")
/**
 * Request headers.
 */
headers?: {
/**
 * Value of the header.
 */
[k: string]: string
}
/**
 * User name for basic authentication.
 */
user?: string
/**
 * Password for basic authentication, as `${{ secrets.NAME }}`.
 */
password?: string
/**
 * The status that must come back. Default: any of 200 to 299.
 */
status?: number
/**
 * The answer must be a redirect to an address whose path starts with this.
 */
redirects_to?: string
/**
 * Must be true. Sees `body` (parsed JSON, or text) and `status`.
 */
that?: string
/**
 * The value this probe yields: the first group of the first match in the body. Without it, `value`, `that` and `redirects_to`, the trimmed body.
 */
capture?: string
/**
 * The value this probe yields, from `body` and `status`.
 */
value?: string
}
/**
 * A file or directory on the host.
 */
file?: {
/**
 * Absolute path on the host.
 */
path: string
/**
 * What must be true of the path.
 */
state?: ("present" | "absent")
/**
 * The text of the file must contain a match of this pattern.
 */
contains?: string
/**
 * The file must have been changed within this time, by the clock of the host.
 */
max_age?: string
/**
 * The file must have this SHA-256 (64 hexadecimal digits).
 */
sha256?: string
}
/**
 * Whether a program listens on a TCP port of the host. The number is compared whole: 8443 is never 18443.
 */
port?: {
/**
 * TCP port, 1 to 65535.
 */
number: (number | string)
/**
 * `open`: something listens on it on the host itself.
 */
state?: ("open" | "closed")
}
/**
 * Processes of the host.
 */
process?: {
/**
 * Name of the program, compared whole with the last part of its path.
 */
name?: string
/**
 * A match anywhere in the command line. The probe itself is never counted.
 */
command_line?: string
/**
 * What must be true of the process.
 */
state?: ("present" | "absent")
}
/**
 * A service of the host, asked from its service manager.
 */
service?: {
/**
 * Name of the service as its service manager knows it.
 */
name: string
/**
 * What must be true of the service.
 */
state?: ("started" | "stopped")
}
/**
 * `reachable`: its SSH port answers. `rebooted`: its boot id differs from the one seen when the run began.
 */
host?: ("reachable" | "unreachable" | "rebooted")
/**
 * Proves that a secret works, without changing anything.
 */
login?: {
/**
 * Address that asks for basic authentication.
 */
http?: string
/**
 * Address of a management controller, asked with `ipmitool`.
 */
ipmi?: string
/**
 * Login name.
 */
user?: string
/**
 * Name of the secret that must work.
 */
secret: string
}
/**
 * A condition over inputs, facts, hosts and values of earlier steps.
 */
that?: string
/**
 * A fact has the same value on all hosts of these roles.
 */
same?: {
/**
 * Name of a fact that is read per host.
 */
fact: string
/**
 * The roles whose hosts must agree.
 */
across: (string | string[])
}
/**
 * Every one of these holds.
 */
all?: Probe[]
/**
 * At least one of these holds.
 */
any?: Probe[]
not?: Probe1
}
/**
 * A typed question with three answers: holds, does not hold, could not tell. Exactly one kind.
 */
export interface Probe7 {
/**
 * Runs a read-only command on the host.
 */
command?: {
/**
 * The script to run on the host. It takes no interpolation; values reach it by `args` and `env`.
 */
run: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
args?: Args
env?: Env
shell?: Shell
/**
 * Directory to run in. Default: the home directory of the login user.
 */
workdir?: string
become?: Become
/**
 * The exit code that counts as *holds*.
 */
exit?: number
/**
 * Standard output must contain a match of this pattern.
 */
stdout?: string
/**
 * The value this probe yields: the first group of the first match in standard output. Without it and `stdout`, the trimmed output.
 */
capture?: string
}
/**
 * Asks a web address. Redirects are not followed.
 */
http?: {
/**
 * Absolute address, http or https. Asked from the machine of the operator unless `from` says otherwise.
 */
url: string
/**
 * Request method.
 */
method?: ("GET" | "HEAD" | "POST")
/**
 * Request headers.
 */
headers?: {
/**
 * Value of the header.
 */
[k: string]: string
}
/**
 * User name for basic authentication.
 */
user?: string
/**
 * Password for basic authentication, as `${{ secrets.NAME }}`.
 */
password?: string
/**
 * The status that must come back. Default: any of 200 to 299.
 */
status?: number
/**
 * The answer must be a redirect to an address whose path starts with this.
 */
redirects_to?: string
/**
 * Must be true. Sees `body` (parsed JSON, or text) and `status`.
 */
that?: string
/**
 * The value this probe yields: the first group of the first match in the body. Without it, `value`, `that` and `redirects_to`, the trimmed body.
 */
capture?: string
/**
 * The value this probe yields, from `body` and `status`.
 */
value?: string
}
/**
 * A file or directory on the host.
 */
file?: {
/**
 * Absolute path on the host.
 */
path: string
/**
 * What must be true of the path.
 */
state?: ("present" | "absent")
/**
 * The text of the file must contain a match of this pattern.
 */
contains?: string
/**
 * The file must have been changed within this time, by the clock of the host.
 */
max_age?: string
/**
 * The file must have this SHA-256 (64 hexadecimal digits).
 */
sha256?: string
}
/**
 * Whether a program listens on a TCP port of the host. The number is compared whole: 8443 is never 18443.
 */
port?: {
/**
 * TCP port, 1 to 65535.
 */
number: (number | string)
/**
 * `open`: something listens on it on the host itself.
 */
state?: ("open" | "closed")
}
/**
 * Processes of the host.
 */
process?: {
/**
 * Name of the program, compared whole with the last part of its path.
 */
name?: string
/**
 * A match anywhere in the command line. The probe itself is never counted.
 */
command_line?: string
/**
 * What must be true of the process.
 */
state?: ("present" | "absent")
}
/**
 * A service of the host, asked from its service manager.
 */
service?: {
/**
 * Name of the service as its service manager knows it.
 */
name: string
/**
 * What must be true of the service.
 */
state?: ("started" | "stopped")
}
/**
 * `reachable`: its SSH port answers. `rebooted`: its boot id differs from the one seen when the run began.
 */
host?: ("reachable" | "unreachable" | "rebooted")
/**
 * Proves that a secret works, without changing anything.
 */
login?: {
/**
 * Address that asks for basic authentication.
 */
http?: string
/**
 * Address of a management controller, asked with `ipmitool`.
 */
ipmi?: string
/**
 * Login name.
 */
user?: string
/**
 * Name of the secret that must work.
 */
secret: string
}
/**
 * A condition over inputs, facts, hosts and values of earlier steps.
 */
that?: string
/**
 * A fact has the same value on all hosts of these roles.
 */
same?: {
/**
 * Name of a fact that is read per host.
 */
fact: string
/**
 * The roles whose hosts must agree.
 */
across: (string | string[])
}
/**
 * Every one of these holds.
 */
all?: Probe[]
/**
 * At least one of these holds.
 */
any?: Probe[]
not?: Probe1
}
/**
 * A typed question with three answers: holds, does not hold, could not tell. Exactly one kind.
 */
export interface Probe8 {
/**
 * Runs a read-only command on the host.
 */
command?: {
/**
 * The script to run on the host. It takes no interpolation; values reach it by `args` and `env`.
 */
run: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
args?: Args
env?: Env
shell?: Shell
/**
 * Directory to run in. Default: the home directory of the login user.
 */
workdir?: string
become?: Become
/**
 * The exit code that counts as *holds*.
 */
exit?: number
/**
 * Standard output must contain a match of this pattern.
 */
stdout?: string
/**
 * The value this probe yields: the first group of the first match in standard output. Without it and `stdout`, the trimmed output.
 */
capture?: string
}
/**
 * Asks a web address. Redirects are not followed.
 */
http?: {
/**
 * Absolute address, http or https. Asked from the machine of the operator unless `from` says otherwise.
 */
url: string
/**
 * Request method.
 */
method?: ("GET" | "HEAD" | "POST")
/**
 * Request headers.
 */
headers?: {
/**
 * Value of the header.
 */
[k: string]: string
}
/**
 * User name for basic authentication.
 */
user?: string
/**
 * Password for basic authentication, as `${{ secrets.NAME }}`.
 */
password?: string
/**
 * The status that must come back. Default: any of 200 to 299.
 */
status?: number
/**
 * The answer must be a redirect to an address whose path starts with this.
 */
redirects_to?: string
/**
 * Must be true. Sees `body` (parsed JSON, or text) and `status`.
 */
that?: string
/**
 * The value this probe yields: the first group of the first match in the body. Without it, `value`, `that` and `redirects_to`, the trimmed body.
 */
capture?: string
/**
 * The value this probe yields, from `body` and `status`.
 */
value?: string
}
/**
 * A file or directory on the host.
 */
file?: {
/**
 * Absolute path on the host.
 */
path: string
/**
 * What must be true of the path.
 */
state?: ("present" | "absent")
/**
 * The text of the file must contain a match of this pattern.
 */
contains?: string
/**
 * The file must have been changed within this time, by the clock of the host.
 */
max_age?: string
/**
 * The file must have this SHA-256 (64 hexadecimal digits).
 */
sha256?: string
}
/**
 * Whether a program listens on a TCP port of the host. The number is compared whole: 8443 is never 18443.
 */
port?: {
/**
 * TCP port, 1 to 65535.
 */
number: (number | string)
/**
 * `open`: something listens on it on the host itself.
 */
state?: ("open" | "closed")
}
/**
 * Processes of the host.
 */
process?: {
/**
 * Name of the program, compared whole with the last part of its path.
 */
name?: string
/**
 * A match anywhere in the command line. The probe itself is never counted.
 */
command_line?: string
/**
 * What must be true of the process.
 */
state?: ("present" | "absent")
}
/**
 * A service of the host, asked from its service manager.
 */
service?: {
/**
 * Name of the service as its service manager knows it.
 */
name: string
/**
 * What must be true of the service.
 */
state?: ("started" | "stopped")
}
/**
 * `reachable`: its SSH port answers. `rebooted`: its boot id differs from the one seen when the run began.
 */
host?: ("reachable" | "unreachable" | "rebooted")
/**
 * Proves that a secret works, without changing anything.
 */
login?: {
/**
 * Address that asks for basic authentication.
 */
http?: string
/**
 * Address of a management controller, asked with `ipmitool`.
 */
ipmi?: string
/**
 * Login name.
 */
user?: string
/**
 * Name of the secret that must work.
 */
secret: string
}
/**
 * A condition over inputs, facts, hosts and values of earlier steps.
 */
that?: string
/**
 * A fact has the same value on all hosts of these roles.
 */
same?: {
/**
 * Name of a fact that is read per host.
 */
fact: string
/**
 * The roles whose hosts must agree.
 */
across: (string | string[])
}
/**
 * Every one of these holds.
 */
all?: Probe[]
/**
 * At least one of these holds.
 */
any?: Probe[]
not?: Probe1
}
/**
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "method".
 */
export interface Method {
/**
 * Name of the way.
 */
title?: string
check?: Probe
wait?: Probe
/**
 * Runs a script on the host.
 */
run?: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
/**
 * Starts, stops or restarts a service by its service script. Implies the effects `start`, `stop`, or both.
 */
service?: {
/**
 * Name of the service.
 */
name: string
/**
 * The state to bring it to, through the service manager of the host.
 */
state: ("started" | "stopped" | "restarted")
}
/**
 * What a person does, in Markdown. The run waits until the evidence is given.
 */
manual?: string
/**
 * Sends one request from the machine of the operator.
 */
http?: {
/**
 * Absolute address, http or https.
 */
url: string
/**
 * Request method.
 */
method?: ("GET" | "POST" | "PUT" | "PATCH" | "DELETE")
/**
 * Request headers.
 */
headers?: {
/**
 * Value of the header.
 */
[k: string]: string
}
/**
 * User name for basic authentication.
 */
user?: string
/**
 * Password for basic authentication, as `${{ secrets.NAME }}`.
 */
password?: string
/**
 * Fields of a form.
 */
form?: {
[k: string]: (string | number | boolean)
}
/**
 * Members of a flat JSON body.
 */
json?: {
[k: string]: (string | number | boolean)
}
/**
 * The status that counts as success. Default: any of 200 to 299.
 */
status?: number
/**
 * Must be true for success. Sees `body` and `status`.
 */
that?: string
}
/**
 * Copies a file to the host and compares its SHA-256 on both sides.
 */
upload?: {
/**
 * File on the machine of the operator; a relative path starts at the runbook.
 */
file: string
/**
 * Path on the host; one that ends with `/` is a directory.
 */
to: string
}
/**
 * Copies a file from the host into the folder of the run.
 */
download?: {
/**
 * File on the host.
 */
path: string
/**
 * Name of the file among the run’s downloads on the machine of the operator.
 */
to: string
}
/**
 * Reboots the host and waits until it is back. Implies the effects `stop` and `boot`.
 */
reboot?: {
/**
 * The command that reboots. Default: `reboot`.
 */
command?: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
back_when?: Probe9
}
/**
 * `#procedure` or `#step` of this file, `#a..b` for the steps from one to another, `other.runbook.yaml` for another file, `other.runbook.yaml#id` or `other.runbook.yaml#a..b` for a part of it.
 */
use?: string
env?: Env
args?: Args
shell?: Shell
/**
 * Directory the script runs in. Default: the home directory of the login user.
 */
workdir?: string
become?: Become
/**
 * Run in a terminal, so that the program may ask questions. Implied by `answers`.
 */
terminal?: boolean
/**
 * Answers to the questions the program asks.
 */
answers?: Answer[]
/**
 * Address to open for the person.
 */
open?: string
/**
 * Somebody other than the operator must answer.
 */
approver?: "other_person"
/**
 * What the person gives as proof.
 */
evidence?: Evidence[]
/**
 * Where it is performed.
 */
from?: string
/**
 * Longest time it may take.
 */
timeout?: string
}
/**
 * A typed question with three answers: holds, does not hold, could not tell. Exactly one kind.
 */
export interface Probe9 {
/**
 * Runs a read-only command on the host.
 */
command?: {
/**
 * The script to run on the host. It takes no interpolation; values reach it by `args` and `env`.
 */
run: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
args?: Args
env?: Env
shell?: Shell
/**
 * Directory to run in. Default: the home directory of the login user.
 */
workdir?: string
become?: Become
/**
 * The exit code that counts as *holds*.
 */
exit?: number
/**
 * Standard output must contain a match of this pattern.
 */
stdout?: string
/**
 * The value this probe yields: the first group of the first match in standard output. Without it and `stdout`, the trimmed output.
 */
capture?: string
}
/**
 * Asks a web address. Redirects are not followed.
 */
http?: {
/**
 * Absolute address, http or https. Asked from the machine of the operator unless `from` says otherwise.
 */
url: string
/**
 * Request method.
 */
method?: ("GET" | "HEAD" | "POST")
/**
 * Request headers.
 */
headers?: {
/**
 * Value of the header.
 */
[k: string]: string
}
/**
 * User name for basic authentication.
 */
user?: string
/**
 * Password for basic authentication, as `${{ secrets.NAME }}`.
 */
password?: string
/**
 * The status that must come back. Default: any of 200 to 299.
 */
status?: number
/**
 * The answer must be a redirect to an address whose path starts with this.
 */
redirects_to?: string
/**
 * Must be true. Sees `body` (parsed JSON, or text) and `status`.
 */
that?: string
/**
 * The value this probe yields: the first group of the first match in the body. Without it, `value`, `that` and `redirects_to`, the trimmed body.
 */
capture?: string
/**
 * The value this probe yields, from `body` and `status`.
 */
value?: string
}
/**
 * A file or directory on the host.
 */
file?: {
/**
 * Absolute path on the host.
 */
path: string
/**
 * What must be true of the path.
 */
state?: ("present" | "absent")
/**
 * The text of the file must contain a match of this pattern.
 */
contains?: string
/**
 * The file must have been changed within this time, by the clock of the host.
 */
max_age?: string
/**
 * The file must have this SHA-256 (64 hexadecimal digits).
 */
sha256?: string
}
/**
 * Whether a program listens on a TCP port of the host. The number is compared whole: 8443 is never 18443.
 */
port?: {
/**
 * TCP port, 1 to 65535.
 */
number: (number | string)
/**
 * `open`: something listens on it on the host itself.
 */
state?: ("open" | "closed")
}
/**
 * Processes of the host.
 */
process?: {
/**
 * Name of the program, compared whole with the last part of its path.
 */
name?: string
/**
 * A match anywhere in the command line. The probe itself is never counted.
 */
command_line?: string
/**
 * What must be true of the process.
 */
state?: ("present" | "absent")
}
/**
 * A service of the host, asked from its service manager.
 */
service?: {
/**
 * Name of the service as its service manager knows it.
 */
name: string
/**
 * What must be true of the service.
 */
state?: ("started" | "stopped")
}
/**
 * `reachable`: its SSH port answers. `rebooted`: its boot id differs from the one seen when the run began.
 */
host?: ("reachable" | "unreachable" | "rebooted")
/**
 * Proves that a secret works, without changing anything.
 */
login?: {
/**
 * Address that asks for basic authentication.
 */
http?: string
/**
 * Address of a management controller, asked with `ipmitool`.
 */
ipmi?: string
/**
 * Login name.
 */
user?: string
/**
 * Name of the secret that must work.
 */
secret: string
}
/**
 * A condition over inputs, facts, hosts and values of earlier steps.
 */
that?: string
/**
 * A fact has the same value on all hosts of these roles.
 */
same?: {
/**
 * Name of a fact that is read per host.
 */
fact: string
/**
 * The roles whose hosts must agree.
 */
across: (string | string[])
}
/**
 * Every one of these holds.
 */
all?: Probe[]
/**
 * At least one of these holds.
 */
any?: Probe[]
not?: Probe1
}
/**
 * This interface was referenced by `Runbook`'s JSON-Schema
 * via the `definition` "undo".
 */
export interface Undo1 {
/**
 * What it does.
 */
title?: string
/**
 * Runs a script on the host.
 */
run?: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
/**
 * Starts, stops or restarts a service by its service script. Implies the effects `start`, `stop`, or both.
 */
service?: {
/**
 * Name of the service.
 */
name: string
/**
 * The state to bring it to, through the service manager of the host.
 */
state: ("started" | "stopped" | "restarted")
}
/**
 * What a person does, in Markdown. The run waits until the evidence is given.
 */
manual?: string
/**
 * Sends one request from the machine of the operator.
 */
http?: {
/**
 * Absolute address, http or https.
 */
url: string
/**
 * Request method.
 */
method?: ("GET" | "POST" | "PUT" | "PATCH" | "DELETE")
/**
 * Request headers.
 */
headers?: {
/**
 * Value of the header.
 */
[k: string]: string
}
/**
 * User name for basic authentication.
 */
user?: string
/**
 * Password for basic authentication, as `${{ secrets.NAME }}`.
 */
password?: string
/**
 * Fields of a form.
 */
form?: {
[k: string]: (string | number | boolean)
}
/**
 * Members of a flat JSON body.
 */
json?: {
[k: string]: (string | number | boolean)
}
/**
 * The status that counts as success. Default: any of 200 to 299.
 */
status?: number
/**
 * Must be true for success. Sees `body` and `status`.
 */
that?: string
}
/**
 * Copies a file to the host and compares its SHA-256 on both sides.
 */
upload?: {
/**
 * File on the machine of the operator; a relative path starts at the runbook.
 */
file: string
/**
 * Path on the host; one that ends with `/` is a directory.
 */
to: string
}
/**
 * Copies a file from the host into the folder of the run.
 */
download?: {
/**
 * File on the host.
 */
path: string
/**
 * Name of the file among the run’s downloads on the machine of the operator.
 */
to: string
}
/**
 * Reboots the host and waits until it is back. Implies the effects `stop` and `boot`.
 */
reboot?: {
/**
 * The command that reboots. Default: `reboot`.
 */
command?: (string | {
/**
 * On Linux.
 */
linux?: string
/**
 * On macOS.
 */
macos?: string
/**
 * On Windows.
 */
windows?: string
})
back_when?: Probe4
}
/**
 * `#procedure` or `#step` of this file, `#a..b` for the steps from one to another, `other.runbook.yaml` for another file, `other.runbook.yaml#id` or `other.runbook.yaml#a..b` for a part of it.
 */
use?: string
env?: Env
args?: Args
shell?: Shell
/**
 * Directory the script runs in. Default: the home directory of the login user.
 */
workdir?: string
become?: Become
/**
 * Run in a terminal, so that the program may ask questions. Implied by `answers`.
 */
terminal?: boolean
/**
 * Answers to the questions the program asks.
 */
answers?: Answer[]
/**
 * Address to open for the person.
 */
open?: string
/**
 * Somebody other than the operator must answer.
 */
approver?: "other_person"
/**
 * What the person gives as proof.
 */
evidence?: Evidence[]
/**
 * Where it is performed.
 */
from?: string
/**
 * Longest time it may take.
 */
timeout?: string
}
