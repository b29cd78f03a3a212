#!/usr/bin/env bash
# Sourced by the commands of this folder, at the root of the repository: finds what they need, builds what is stale.

die() {
  printf '%s: %s\n' "$0" "$1" >&2
  exit 1
}
need() {
  command -v "$1" >/dev/null 2>&1 || die "$1 is missing: $2"
}
need java "install a JDK, version 17 or newer"

stale() { # whether a module's sources are newer than its jar
  local module jar
  for module in shared/core shared/testkit verticles/*/src infra/local-stack infra/bench; do
    module=${module%/src}
    jar=$(find "$module/target" -maxdepth 1 -name 'movingdata-*.jar' 2>/dev/null | head -1)
    [ -n "$jar" ] || return 0
    [ -z "$(find "$module/src/main" "$module/pom.xml" pom.xml -newer "$jar" -print 2>/dev/null | head -1)" ] || return 0
  done
  [ ! -d verticles/all/target/lib ]
}
if stale; then
  need mvn "install Maven, version 3.8 or newer"
  echo "Building ..." >&2
  # shellcheck disable=SC2086 # options of the caller
  mvn -B -ntp -q ${MAVEN_ARGS:-} -DskipTests -Dspotless.check.skip package \
    -pl verticles/all,infra/local-stack,infra/bench -am >&2 || die "the build failed"
fi

run() { # a class of the benchmarks, with its arguments, in place of the shell
  exec java -cp 'infra/bench/target/classes:infra/bench/target/lib/*' "$@"
}
