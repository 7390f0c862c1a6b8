/**
 * Takes, seizes or gives back the lock of a host; arguments are what to do, the run, and the lines that tell people about it. A directory is made by one
 * process only, whatever the shell. It stands in the home directory, which several hosts may share, so the host is in its name.
 * Prints `taken`, or `held` and then the lines of whoever holds it.
 */
export const HOST_LOCK_SCRIPT = `
unset CDPATH
umask 077
act=$1 run=$2
cd || exit 9
base=.cache/runbook-studio
lock=$base/lock-$(uname -n | tr -c 'A-Za-z0-9.\\n-' _)
owner() { [ -f "$lock/owner" ] && IFS= read -r held < "$lock/owner"; }
if [ "$act" = release ]; then
  owner && [ "$held" = "$run" ] || exit 0
  mv "$lock" "$lock.$$" && rm -rf "$lock.$$"
  exit
fi
shift
mkdir -p "$base" || exit 9
tries=0
until why=$(mkdir "$lock" 2>&1); do
  if owner; then
    [ "$held" != "$run" ] && [ "$act" != seize ] || break
    printf 'held\\n'
    head -n 4 "$lock/owner" | cut -c 1-200
    exit 0
  fi
  tries=$((tries + 1))
  if [ $tries -gt 2 ]; then
    [ -d "$lock" ] || { printf '%s\\n' "$why" >&2; exit 9; }
    [ "$act" != seize ] || break
    printf 'held\\n'
    exit 0
  fi
  sleep 1
done
printf '%s\\n' "$@" > "$lock/owner.$$" && mv "$lock/owner.$$" "$lock/owner" || exit 9
printf 'taken\\n'
`;
