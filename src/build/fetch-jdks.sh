#!/usr/bin/env bash
# fetch-jdks.sh DIR VERSION...   e.g.  src/build/fetch-jdks.sh ~/.cache/tlscope/jdks 8 11 17 21 25 26
#
# Unpacks Debian's OpenJDK packages side by side below DIR without installing them, and prints a line per JDK:
# VERSION JAVA_HOME. Existing JDKs are kept; they need neither network nor root.
#
# The packages come from Debian unstable, the only suite with all versions, through the mirror that this machine's apt
# uses. Each is checked against the SHA-256 in the suite's index. They may need a newer C library than this machine's,
# so every program is patched to use one that is unpacked beside it. Needs Debian, and root if patchelf, xz or curl
# has to be installed.
set -euo pipefail

if [ $# -lt 2 ]; then
  echo "usage: fetch-jdks.sh DIR VERSION..." >&2
  exit 2
fi
dir=$(mkdir -p "$1" && cd "$1" && pwd)
shift

suite=sid
arch=$(dpkg --print-architecture)
index=$dir/.packages-$suite.xz
libc=$dir/.libc

# Called before the first download: tools, mirror, index (a week old at most).
prepare() {
  [ -z "${mirror:-}" ] || return 0
  local tool
  for tool in patchelf xz curl; do
    command -v "$tool" >/dev/null || install_tool "${tool/#xz/xz-utils}"
  done
  # shellcheck disable=SC2016  # apt expands $(SITE), not the shell
  mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | awk '!/security/ && !n++')
  [ -n "$mirror" ] || { echo "fetch-jdks: apt has no mirror; run apt-get update first" >&2; exit 1; }
  if [ ! -s "$index" ] || [ -n "$(find "$index" -mtime +7)" ]; then
    download "dists/$suite/main/binary-$arch/Packages.xz" "$index"
  fi
}

install_tool() {  # PACKAGE
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$1"; } >/dev/null \
    || { echo "fetch-jdks: cannot install $1; install it as root and run again" >&2; exit 1; }
}

download() {  # PATH FILE
  curl -fsS --retry 3 -o "$2.part" "$mirror/$1"
  mv "$2.part" "$2"
}

unpack() {  # PACKAGE FOLDER
  local path sum deb
  # The index may have two versions of a package; the last one is newer.
  read -r path sum < <(xz -dc "$index" | awk -v RS= -F '\n' -v want="Package: $1" '
    $1 == want {
      for (i = 1; i <= NF; i++) {
        if ($i ~ /^Filename: /) path = substr($i, 11)
        if ($i ~ /^SHA256: /) sum = substr($i, 9)
      }
    }
    END { print path, sum }') || true
  [ -n "$path" ] || { echo "fetch-jdks: no package $1 in $suite" >&2; exit 1; }
  deb=$dir/.$1.deb
  download "$path" "$deb"
  echo "$sum  $deb" | sha256sum -c --quiet - >&2
  dpkg -x "$deb" "$2"
  rm -f "$deb"
}

unpack_libc() {
  local package
  if [ ! -e "$libc/.done" ]; then
    prepare
    rm -rf "$libc"
    for package in libc6 libgcc-s1 libstdc++6 zlib1g; do unpack "$package" "$libc"; done
    touch "$libc/.done"
  fi
  loader=$(find "$libc" -name 'ld-linux*.so.*' -type f -print -quit)
}

unpack_jdk() {  # VERSION ROOT HOME
  prepare
  unpack_libc
  rm -rf "$2"
  unpack "openjdk-$1-jre-headless" "$2"
  unpack "openjdk-$1-jdk-headless" "$2"
  relink "$2"
  patch_programs "$3"
  "$3/bin/java" -version 2>/dev/null || { echo "fetch-jdks: $3/bin/java does not run" >&2; exit 1; }
  touch "$2/.done"
}

# The packages link their configuration to /etc: redirect these links into the unpacked tree.
relink() {  # ROOT
  local link target
  find "$1/usr/lib/jvm" -type l | while read -r link; do
    target=$(readlink "$link")
    case $target in
      /etc/java-*) ln -sfn "$1$target" "$link" ;;
      /etc/ssl/certs/java/cacerts)
        rm "$link"
        if [ -s "$target" ]; then cp "$target" "$link"; fi
        ;;
    esac
  done
}

patch_programs() {  # HOME
  local program libs
  libs=$(dirname "$loader")
  find "$1" -type f -path '*/bin/*' -perm -u+x | while read -r program; do
    patchelf --set-interpreter "$loader" "$program" 2>/dev/null || continue  # a script
    patchelf --force-rpath --set-rpath "$(patchelf --print-rpath "$program"):$libs" "$program"
  done
}

for version in "$@"; do
  root=$dir/jdk-$version
  home=$root/usr/lib/jvm/java-$version-openjdk-$arch
  [ -e "$root/.done" ] || unpack_jdk "$version" "$root" "$home"
  echo "$version $home"
done
