#!/bin/sh
# Installs tandem from its releases on GitHub: the executable, its man page and its completions. Needs no root.
#
#   sh install.sh [VERSION]
#   curl -fsSL https://github.com/OWNER/NAME/releases/latest/download/install.sh | sh -s -- [VERSION]
#
# VERSION          such as 0.1.0, also in TANDEM_VERSION; else the latest release
# TANDEM_INSTALL   where the executable goes; else ~/.local/bin. Man page and completions go to ../share of a folder "bin",
#                  and to share in any other one.
# TANDEM_RELEASES  where releases are; else https://github.com/OWNER/NAME/releases of the repository that the script is of
#
# It needs curl or wget, sha256sum or shasum, tar and gzip. The archive must have the sum that SHA256SUMS of the release has for
# it, and the new executable must start, before it replaces an older one. A script whose download was cut does nothing: all is in
# functions, and the last line, which calls them, has to be whole.

main() {
  set -eu
  repository=""
  version=${1:-${TANDEM_VERSION:-latest}}
  home=${HOME-}
  bin=${TANDEM_INSTALL:-${home:+${home%/}/.local/bin}}
  releases=${TANDEM_RELEASES:-${repository:+https://github.com/$repository/releases}}
  work='' program='' partial='' made=''

  [ $# -le 1 ] || fail "expected at most a version, not: $*"
  [ -n "$releases" ] || fail "set TANDEM_RELEASES to https://github.com/OWNER/NAME/releases of tandem's repository"
  case $version in -* | *[!0-9A-Za-z.+-]*) fail "$version: expected a version, such as 0.1.0" ;; esac
  case $bin in
    '') fail "HOME is not set: set TANDEM_INSTALL" ;;
    "~"*) fail "TANDEM_INSTALL: $bin begins with a ~ that no shell has expanded: write \$HOME instead" ;;
    /*) ;;
    *) bin=$PWD/$bin ;;
  esac
  bin=${bin%/}
  [ ! -d "$bin/tandem" ] || fail "$bin/tandem is a folder: set TANDEM_INSTALL to another one"
  need tar
  need gzip
  target=$(find_target) || exit 1

  trap clean_up EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  work=$(mktemp -d)
  download_checked "tandem-$target"
  install_from "$work/tandem-$target"
  say_how
}

say() {
  printf '%s\n' "$*"
}

fail() {
  printf 'install.sh: %s\n' "$*" >&2
  exit 1
}

need() {
  command -v "$1" > /dev/null || fail "$1 is missing, and needed"
}

# shellcheck disable=SC2317 # the trap calls it
clean_up() {
  [ -z "$work" ] || rm -rf "$work"
  [ -z "$program" ] || rm -f "$program"
  [ -z "$partial" ] || rm -f "$partial"
  [ -z "$made" ] || remove_folders
}

# Removes $bin and those above it that were made for it.
# shellcheck disable=SC2317 # the trap calls what calls it
remove_folders() {
  folder=$bin
  while rmdir "$folder" 2> /dev/null && [ "$folder" != "$made" ]; do
    folder=${folder%/*}
  done
}

# The target, as deno compile names it.
find_target() {
  system=$(uname -s)
  machine=$(uname -m)
  case $machine in
    x86_64 | amd64) machine=x86_64 ;;
    aarch64 | arm64) machine=aarch64 ;;
    *) fail "there is no executable for $system on $machine: there are for x86_64 and aarch64" ;;
  esac
  case $system in
    Linux)
      # A 64-bit kernel may run 32-bit programs only; musl's ldd names itself on stderr.
      [ "$(getconf LONG_BIT 2> /dev/null || echo 64)" = 64 ] || fail "there is no executable for a 32-bit Linux"
      case $(ldd --version 2>&1 || :) in
        *musl*) fail "there is no executable for musl (Alpine and others): Deno's need glibc" ;;
      esac
      say "$machine-unknown-linux-gnu"
      ;;
    Darwin)
      # A shell under Rosetta says x86_64.
      [ "$(sysctl -n sysctl.proc_translated 2> /dev/null || echo 0)" = 0 ] || machine=aarch64
      say "$machine-apple-darwin"
      ;;
    MINGW* | MSYS* | CYGWIN*) fail "on Windows, unpack tandem-x86_64-pc-windows-msvc.zip of $releases" ;;
    *) fail "there is no executable for $system: there are for Linux, macOS and Windows" ;;
  esac
}

# Downloads an archive into $work, checks its sum and unpacks it.
download_checked() {
  case $version in
    latest) from=$releases/latest/download ;;
    *) from=$releases/download/v${version#v} ;;
  esac
  say "downloading $from/$1.tar.gz"
  download "$from/SHA256SUMS" "$work/SHA256SUMS"
  expected=
  while read -r sum name; do
    if [ "$name" = "$1.tar.gz" ]; then expected=$sum; fi
  done < "$work/SHA256SUMS"
  [ -n "$expected" ] || fail "$from/SHA256SUMS does not name $1.tar.gz: this release has no executable for it"
  download "$from/$1.tar.gz" "$work/$1.tar.gz"
  found=$(sum_of "$work/$1.tar.gz") || exit 1
  [ "$found" = "$expected" ] || fail "$1.tar.gz has the SHA-256 $found, and SHA256SUMS says $expected: nothing is installed"
  tar -xzf "$work/$1.tar.gz" -C "$work" || fail "$1.tar.gz cannot be unpacked"
}

download() {
  url=$1 file=$2
  if command -v curl > /dev/null; then
    set -- --fail --silent --show-error --location --retry 3
    case $url in https:*) set -- "$@" --proto =https --tlsv1.2 ;; esac
    curl "$@" --output "$file" "$url" || fail "cannot download $url"
  elif command -v wget > /dev/null; then
    set -- -q
    case $(wget --help 2>&1 || :) in *--tries*) set -- "$@" --tries=2 ;; esac # busybox has none
    wget "$@" -O "$file" "$url" || fail "cannot download $url"
  else
    fail "curl and wget are missing: one of them is needed"
  fi
}

sum_of() {
  if command -v sha256sum > /dev/null; then
    sum=$(sha256sum < "$1")
  elif command -v shasum > /dev/null; then
    sum=$(shasum -a 256 < "$1")
  else
    fail "sha256sum and shasum are missing: one of them is needed"
  fi
  say "${sum%% *}"
}

# Installs what an archive's folder has. The executable comes last: with it, tandem is the new one.
install_from() {
  share=${bin%/bin}/share
  folder=$bin
  while [ -n "$folder" ] && [ ! -d "$folder" ]; do
    made=$folder
    folder=${folder%/*}
  done
  mkdir -p "$bin"
  program=$bin/.tandem.$$
  cp "$1/tandem" "$program"
  chmod 755 "$program"
  installed=$("$program" --version < /dev/null) || fail "the new executable does not start here: nothing is installed"
  put "$1/man/tandem.1" "$share/man/man1/tandem.1"
  put "$1/completions/tandem.bash" "$share/bash-completion/completions/tandem"
  put "$1/completions/_tandem" "$share/zsh/site-functions/_tandem"
  put "$1/completions/tandem.fish" "$share/fish/vendor_completions.d/tandem.fish"
  mv -f "$program" "$bin/tandem"
  program='' made=''
}

# Copies a file to a name beside its place, and renames it.
put() {
  mkdir -p "${2%/*}"
  partial=$2.$$
  cp "$1" "$partial"
  chmod 644 "$partial"
  mv -f "$partial" "$2"
  partial=''
}

say_how() {
  say "$installed is installed: $bin/tandem"
  say "Man page and completions are in $share. For zsh, add this above compinit in ~/.zshrc:"
  say "  fpath+=\"$share/zsh/site-functions\""
  case :$PATH: in
    *:"$bin":* | *:"$bin/":*)
      first=$(command -v tandem || :)
      case $first in
        "$bin/tandem" | "$bin//tandem") ;; # PATH may have its folder with a slash at the end
        *) say "Your PATH finds another tandem before it: $first" ;;
      esac
      ;;
    *)
      say "Your PATH lacks its folder. Add this to the profile of your shell:"
      say "  export PATH=\"$bin:\$PATH\""
      ;;
  esac
}

{ main "$@"; exit; }
