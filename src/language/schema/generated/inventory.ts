// Generated from the schema by `npm run generate`. Do not edit.
/**
 * One environment: its hosts, which role each has, and the values of inputs there.
 */
export interface Inventory {
/**
 * Version of the language.
 */
inventory: "v1"
/**
 * Name of the environment.
 */
environment: string
/**
 * Title, as people read it.
 */
title?: string
/**
 * The name of the environment must be typed before the first act.
 */
production?: boolean
/**
 * When work may be done here. Outside of them, a run waits before its first step.
 */
windows?: Period[]
/**
 * When nothing may be done here, whatever the windows say.
 */
blackouts?: Period[]
/**
 * The environment on which this very runbook must have succeeded before it is run here.
 */
rehearsed_on?: string
/**
 * Where secrets come from here.
 */
secrets?: {
[k: string]: {
/**
 * The host of this inventory that gives the secret out. A run that disrupts it locks itself out.
 */
kept_on: string
}
}
/**
 * Who may approve where another person is asked for. Default: anybody but the operator.
 */
approvers?: string[]
/**
 * For every host that does not say otherwise.
 */
ssh?: {
/**
 * Login name. Default: what your SSH configuration says.
 */
user?: string
/**
 * Port. Default: what your SSH configuration says, else 22.
 */
port?: number
/**
 * Host of this inventory to go through.
 */
jump?: string
}
/**
 * The hosts.
 */
hosts: {
[k: string]: {
/**
 * Name or address to connect to. Default: the name of the host here.
 */
address?: string
/**
 * Its operating system.
 */
platform?: ("linux" | "macos" | "windows")
/**
 * `local`: the machine of the operator. `none`: nothing is run on it; only people and web requests reach it.
 */
connection?: ("ssh" | "local" | "none")
/**
 * Login name.
 */
user?: string
/**
 * SSH port.
 */
port?: number
/**
 * Host of this inventory to go through.
 */
jump?: string
/**
 * Fingerprint its host key must have, in addition to your known hosts.
 */
host_key?: string
/**
 * Values of the role variables.
 */
vars?: {
[k: string]: (string | number | boolean)
}
}
}
/**
 * Which hosts have which role, in order.
 */
roles: {
[k: string]: string[]
}
/**
 * Variables for every host of a role.
 */
vars?: {
/**
 * Values of the role variables.
 */
[k: string]: {
[k: string]: (string | number | boolean)
}
}
/**
 * Values of inputs.
 */
inputs?: {
[k: string]: (string | number | boolean)
}
}
/**
 * This interface was referenced by `Inventory`'s JSON-Schema
 * via the `definition` "period".
 */
export interface Period {
/**
 * What it is.
 */
title?: string
/**
 * Every week on these days. Without it, `from` and `to` are one period.
 */
days?: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[]
/**
 * Begin: `22:00` with `days`, else a date and time with its offset, `2026-11-28T22:00+01:00`.
 */
from: string
/**
 * End, in the same form. With `days`, an end before the begin is on the next day, and `24:00` is the end of the day.
 */
to: string
/**
 * Time zone of `days`, `Europe/Budapest`. Default: UTC.
 */
zone?: string
/**
 * Why.
 */
because?: string
}
