#!/usr/bin/env bash
# golden.sh [METHOD]   e.g.  TLSCOPE_JDKS=~/.cache/tlscope/jdks src/build/golden.sh cells
#
# Records the golden captures again, which analyzer's unit tests explain (analyzer/src/test/resources/golden), and then writes
# their expectations: plays the cells of src/it on JDK 17, and those whose findings differ on 8 and 25. With a METHOD of
# GoldenCapturesTest, records only that method's captures. Needs these JDKs (src/build/fetch-jdks.sh), openssl and gnutls-bin.
#
# Keys, serial numbers, ports and times are new each time, so that all captures change. To write only the expectations, after
# a change to a cause:  mvn -q -o test -pl analyzer -am -Dtest='Golden*' -Dtlscope.write=true
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

: "${TLSCOPE_JDKS:?the directory of the JDKs, as src/build/fetch-jdks.sh fills it}"

mvn -q -B -ntp verify -pl src/it -am -Dspotless.check.skip \
  -Dtest="GoldenCapturesTest${1:+#$1}" -Dtlscope.golden=make -Dsurefire.failIfNoSpecifiedTests=false
mvn -q -B -ntp test -pl analyzer -am \
  -Dtest='Golden*Test' -Dtlscope.write=true -Dsurefire.failIfNoSpecifiedTests=false
git diff --stat -- analyzer/src/test/resources/golden
