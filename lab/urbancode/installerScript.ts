/**
 * The installer as it stands in the package. It asks on the terminal like the real one; the sentence about a running server and
 * the question about application data are what the product prints. Signs beyond ASCII stand as octal escapes, so that the archive is ASCII.
 */
export const INSTALLER_SCRIPT = `#!/bin/sh
set -eu
fips=no
for option in "$@"; do
  case $option in
    -fips) fips=yes ;;
    *) echo "install-server.sh: unknown option $option" >&2; exit 2 ;;
  esac
done
[ "$(id -u)" = 0 ] || { echo 'install-server.sh: run it as an administrator.' >&2; exit 1; }
version=$(cat VERSION)
echo "Installing UrbanCode Deploy server $version"
printf 'Enter the installation directory of the server: '
read -r directory
ucd-installer installed "$directory" || { echo "There is no server in $directory to upgrade." >&2; exit 1; }
printf 'Do you want to upgrade the current installation? (y,N): '
read -r upgrade
case $upgrade in y|Y|yes) ;; *) echo 'Nothing was changed.'; exit 1 ;; esac
if ucd-installer running; then
  printf 'A previously installed version of HCL\\302\\256 UrbanCode\\342\\204\\242 Deploy is running. '
  echo 'Please shutdown the running HCL UrbanCode Deploy and start the installation again.'
  exit 1
fi
printf 'Where should the server store application data such as logs, plugins, and keystores? '
read -r data
database=no
if ucd-installer asks-database; then
  printf 'Do you want to upgrade the database now? (y,N): '
  read -r database
  case $database in y|Y|yes) database=yes ;; *) database=no ;; esac
fi
if ucd-installer asks-more; then
  printf 'Which of the two licence servers shall be used (1,2)? '
  read -r more
fi
exec ucd-installer apply "$version" "$data" "$database" "$fips"
`;

/** The same for Windows. The lab has no Windows hosts, so it only says so. */
export const INSTALLER_BATCH = '@echo off\r\necho This package of the lab installs on Linux only.\r\nexit /b 1\r\n';
