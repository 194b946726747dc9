#!/usr/bin/env bash
# fetch-wireshark-captures.sh DIR
#
# Copies the TLS captures and key logs of Wireshark's tests into DIR/captures and DIR/keys, from the source package of this
# machine's Debian release, through the mirror that its apt uses (47 MB). Existing files are kept. Needs Debian; installs
# nothing and does not change apt's own lists.
set -euo pipefail

if [ $# -ne 1 ]; then
  echo "usage: fetch-wireshark-captures.sh DIR" >&2
  exit 2
fi
dir=$(mkdir -p "$1" && cd "$1" && pwd)
[ ! -s "$dir/keys/tls13-rfc8446.keys" ] || exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir -p "$work/lists/partial" "$work/sources"
for file in /etc/apt/sources.list.d/*.sources; do
  [ ! -e "$file" ] || sed 's/^Types:.*/Types: deb-src/' "$file" > "$work/sources/$(basename "$file")"
done
if [ -s /etc/apt/sources.list ]; then
  sed -n 's/^deb /deb-src /p' /etc/apt/sources.list > "$work/sources/main.list"
fi
apt=(-qq -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$work/sources" -o "Dir::State::lists=$work/lists")
apt-get "${apt[@]}" update
(cd "$work" && apt-get "${apt[@]}" -o APT::Sandbox::User=root source --download-only wireshark)
tar -xf "$work"/wireshark_*.orig.tar.* -C "$work" --wildcards '*/test/captures/*tls*' '*/test/keys/*.keys'
mkdir -p "$dir/captures" "$dir/keys"
cp "$work"/wireshark-*/test/captures/* "$dir/captures/"
cp "$work"/wireshark-*/test/keys/* "$dir/keys/"
