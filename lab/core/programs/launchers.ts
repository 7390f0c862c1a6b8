/** A program of the machine whose absolute path arguments are taken as paths of the host. */
export function pathLauncher(program: string, patternFirst: boolean): string {
  return `#!/bin/sh
pattern=${patternFirst ? 'yes' : 'no'}
left=$#
while [ "$left" -gt 0 ]; do
  item=$1
  shift
  left=$((left - 1))
  case $item in
    -e|-f|-e*|-f*) pattern=no ;;
    -*) ;;
    *)
      if [ "$pattern" = yes ]; then
        pattern=no
        set -- "$@" "$item"
        continue
      fi ;;
  esac
  case $item in
    "$LAB_ROOT"|"$LAB_ROOT"/*|/dev/*) ;;
    /proc/sys/kernel/random/boot_id) item=$LAB_ROOT$item ;;
    /proc|/proc/*|/sys/*) ;;
    /*) item=$LAB_ROOT$item ;;
    if="$LAB_ROOT"/*|of="$LAB_ROOT"/*|if=/dev/*|of=/dev/*) ;;
    if=/*) item=if=$LAB_ROOT\${item#if=} ;;
    of=/*) item=of=$LAB_ROOT\${item#of=} ;;
  esac
  set -- "$@" "$item"
done
exec ${program} "$@"
`;
}

/** A program that is answered inside the lab. */
export function callLauncher(node: string, client: string, name: string): string {
  return `#!/bin/sh
exec '${node}' '${client}' '${name}' "$@"
`;
}

/** `sudo` without a password: the environment is dropped as the real one does, but for what the caller names. */
export const SUDO = `#!/bin/sh
user=root
keep='PATH HOME TERM LANG LAB_ROOT LAB_HOST LAB_HOST_ID LAB_CONTROL'
all=no
while [ $# -gt 0 ]; do
  case $1 in
    -u) user=$2; shift 2 ;;
    -u?*) user=\${1#-u}; shift ;;
    --user=*) user=\${1#--user=}; shift ;;
    -p|-C|-g|-D) shift 2 ;;
    -p*) shift ;;
    -E|--preserve-env) all=yes; shift ;;
    --preserve-env=*) keep="$keep $(printf %s "\${1#--preserve-env=}" | tr ',' ' ')"; shift ;;
    --) shift; break ;;
    -v) exit 0 ;;
    -l) echo "User $user may run all commands on $LAB_HOST."; exit 0 ;;
    -s|-i) shift; [ $# -gt 0 ] || set -- sh; break ;;
    -*) shift ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || exit 0
if [ "$all" = yes ]; then
  exec env LAB_USER="$user" SUDO_USER="\${LAB_USER:-operator}" "$@"
fi
count=$#
for name in $keep; do
  eval "is_set=\\\${$name+x}; value=\\\${$name-}"
  [ -z "$is_set" ] || set -- "$@" "$name=$value"
done
# The assignments stand behind the command now; they are moved in front of it.
while [ "$count" -gt 0 ]; do
  item=$1
  shift
  set -- "$@" "$item"
  count=$((count - 1))
done
exec env -i LAB_USER="$user" SUDO_USER="\${LAB_USER:-operator}" USER="$user" LOGNAME="$user" "$@"
`;

export const ID = `#!/bin/sh
name=\${LAB_USER:-operator}
if [ "$name" = root ]; then number=0; else number=1000; fi
case "$*" in
  -u|-g) echo "$number" ;;
  -un|-nu|-gn|-ng|'-u -n') echo "$name" ;;
  *) echo "uid=$number($name) gid=$number($name) groups=$number($name)" ;;
esac
`;

export const WHOAMI = `#!/bin/sh
echo "\${LAB_USER:-operator}"
`;

export const HOSTNAME = `#!/bin/sh
echo "$LAB_HOST"
`;

export const UNAME = `#!/bin/sh
case "$*" in
  ''|-s) echo Linux ;;
  -n) echo "$LAB_HOST" ;;
  -m) echo x86_64 ;;
  -r) echo 6.1.0-lab ;;
  *) echo "Linux $LAB_HOST 6.1.0-lab x86_64 GNU/Linux" ;;
esac
`;

/** Listening ports: the host's own list, one number a line in /run/lab/ports. */
export const SS = `#!/bin/sh
header=yes
wanted=
for item in "$@"; do
  case $item in
    --no-header) header=no ;;
    --*) ;;
    -*H*) header=no ;;
    *:[0-9]*) wanted=\${item##*:} ;;
  esac
done
[ "$header" = no ] || echo 'State  Recv-Q Send-Q Local Address:Port Peer Address:Port'
sort -un "$LAB_ROOT/run/lab/ports" | while read -r port; do
  if [ -z "$wanted" ] || [ "$wanted" = "$port" ]; then echo "LISTEN 0      128    0.0.0.0:$port      0.0.0.0:*"; fi
done
`;

export const NETSTAT = `#!/bin/sh
echo 'Proto Recv-Q Send-Q Local Address           Foreign Address         State'
sort -un "$LAB_ROOT/run/lab/ports" | while read -r port; do
  echo "tcp        0      0 0.0.0.0:$port            0.0.0.0:*               LISTEN"
done
`;

/**
 * Processes: those that really run for this host, and those the lab only claims, which stand as
 * \`PID USER COMM COMMAND LINE\` in the files of /run/lab/processes. \`-p\` asks about real ones only.
 */
export function psLauncher(realPs: string): string {
  return `#!/bin/sh
format=
style=
expect=no
for item in "$@"; do
  if [ "$expect" = yes ]; then format="$format,$item"; expect=no; continue; fi
  case $item in
    -p|-p[0-9]*|--pid*|p|-g|--ppid*|-s) exec ${realPs} "$@" ;;
    -o|-eo|-Ao|-axo|-o\\ *|o|axo|--format|-ww[oO]) expect=yes ;;
    -o*|--format=*) item=\${item#-o}; format="$format,\${item#--format=}" ;;
    -ef|-fe|-Af|-eF|-f) style=full ;;
    *aux*) style=user ;;
  esac
done
pids=$(grep -lz "^LAB_HOST_ID=$LAB_HOST_ID\\$" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3 | tr '\\n' ',')
pids=\${pids%,}
format=\${format#,}
if [ -n "$format" ]; then fields=$format; set -- -o "$format"
elif [ "$style" = full ]; then fields=user,pid,ppid,c,stime,tty,time,args; set -- -f
elif [ "$style" = user ]; then fields=user,pid,c,c,vsz,rss,tty,stat,stime,time,args; set -- u
else fields=pid,tty,time,comm; set --
fi
${realPs} "$@" -ww -p "\${pids:-$$}"
cat "$LAB_ROOT"/run/lab/processes/* 2>/dev/null | awk -v fields="$fields" '
  {
    line = $0; sub(/^[^ ]+ [^ ]+ [^ ]+ /, "", line)
    count = split(fields, field, ","); out = ""
    for (i = 1; i <= count; i++) {
      name = field[i]; sub(/[=:].*/, "", name); value = "-"
      if (name == "pid" || name == "pgid" || name == "sid" || name == "tid" || name == "lwp") value = $1
      else if (name == "ppid") value = 1
      else if (name == "user" || name == "ruser" || name == "euser") value = $2
      else if (name == "uid" || name == "ruid" || name == "euid") value = ($2 == "root" ? 0 : 1000)
      else if (name == "comm" || name == "ucmd" || name == "ucomm") value = $3
      else if (name == "args" || name == "cmd" || name == "command") value = line
      else if (name == "stat" || name == "state" || name == "s") value = "S"
      else if (name == "lstart") value = "Thu Jan  1 00:00:00 2026"
      out = out (i > 1 ? " " : "") value
    }
    print out
  }'
exit 0
`;
}

/** Services: a file per service in /run/lab/services holds \`active\` or \`inactive\`; starting and stopping is done by the lab. */
export const SYSTEMCTL = `#!/bin/sh
quiet=no
verb=
name=
skip=no
for item in "$@"; do
  if [ "$skip" = yes ]; then skip=no; continue; fi
  case $item in
    -q|--quiet) quiet=yes ;;
    -p|--property) skip=yes ;;
    -*) ;;
    *) if [ -z "$verb" ]; then verb=$item; elif [ -z "$name" ]; then name=\${item%.service}; fi ;;
  esac
done
file=$LAB_ROOT/run/lab/services/$name
state=unknown
[ ! -f "$file" ] || state=$(cat "$file")
say() { [ "$quiet" = yes ] || echo "$1"; }
case $verb in
  is-active)
    case $state in
      active) say active; exit 0 ;;
      *) say inactive; exit 3 ;;
    esac ;;
  is-system-running) say running ;;
  status)
    [ "$state" != unknown ] || { echo "Unit $name.service could not be found." >&2; exit 4; }
    say "* $name.service"; say "   Active: $state"
    [ "$state" = active ] || exit 3 ;;
  show)
    case $state in
      unknown) say 'LoadState=not-found'; say 'ActiveState=inactive' ;;
      *) say 'LoadState=loaded'; say "ActiveState=$state" ;;
    esac ;;
  start|stop|restart|reload)
    [ "$state" != unknown ] || { echo "Failed to $verb $name.service: Unit $name.service not found." >&2; exit 5; }
    exec lab-service "$verb" "$name" ;;
  list-units|daemon-reload) exit 0 ;;
  reboot) exec reboot ;;
  *) echo "systemctl: unknown verb $verb" >&2; exit 1 ;;
esac
`;

export const SERVICE = `#!/bin/sh
case $2 in
  status) exec systemctl status "$1" ;;
  *) exec systemctl "$2" "$1" ;;
esac
`;
