#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# x: every command of the project. `./x help` lists them. Each command it runs is echoed.
set -eu
cd "$(dirname "$0")"

install=yes
long=no
command=${1:-help}
[ $# -gt 0 ] && shift
arguments=
while [ $# -gt 0 ]; do
  case $1 in
    --no-install) install=no ;;
    --long) long=yes ;;
    *) arguments="$arguments $1" ;;
  esac
  shift
done

say() { printf '%s\n' "$*" >&2; }
fail() { say "x: $*"; exit 1; }
run() { say "+ $*"; "$@" || fail "'$*' failed: its last lines above say why"; }

tools="g++ cmake ninja-build python3"
libraries="libboost-dev libtbb-dev libcli11-dev libfmt-dev nlohmann-json3-dev libutf8proc-dev libedit-dev"
testing="libgtest-dev libboost-context-dev clang-19 libclang-rt-19-dev spin valgrind binutils"

# Installs what is missing; says what that is when it may not.
need() {
  missing=
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
  [ -z "$missing" ] && return 0
  [ "$install" = yes ] || { say "x: missing:$missing (apt-get install$missing)"; exit 3; }
  sudo=
  [ "$(id -u)" = 0 ] || sudo=sudo
  run $sudo apt-get update -q
  DEBIAN_FRONTEND=noninteractive run $sudo env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends $missing
}

build() {
  [ -f "build/$1/build.ninja" ] || run cmake --preset "$1"
  run cmake --build "build/$1" -j "$(nproc)"
}

case $command in
  build)
    need $tools $libraries $testing
    build "$(set -- $arguments; echo "${1:-release}")"
    ;;
  test)
    need $tools $libraries $testing
    [ "$long" = yes ] && export GILT_LONG=1
    for preset in release asan-ubsan tsan; do
      build $preset
      say "+ ctest in build/$preset"
      ctest --test-dir build/$preset --output-on-failure -j "$(nproc)" ||
        fail "tests failed under $preset: ctest --test-dir build/$preset --rerun-failed --output-on-failure"
    done
    say "x: all tests passed under release, asan-ubsan and tsan"
    ;;
  demo)
    need $tools $libraries
    [ -f build/release/build.ninja ] || run cmake --preset release -DGILT_TESTS=OFF
    run cmake --build build/release -j "$(nproc)" --target gilt
    run build/release/gilt demo $arguments
    ;;
  mutants)
    need g++ python3 libboost-dev libboost-context-dev
    run python3 tests/mutants/run.py $arguments
    ;;
  bench)
    need $tools $libraries
    [ -f build/release/build.ninja ] || run cmake --preset release -DGILT_TESTS=OFF
    run cmake --build build/release -j "$(nproc)" --target gilt
    run build/release/gilt bench $arguments
    ;;
  micro)
    need $tools $libraries libbenchmark-dev
    [ -f build/release/build.ninja ] || run cmake --preset release -DGILT_TESTS=OFF
    run cmake --build build/release -j "$(nproc)" --target gilt gilt_micro
    run /usr/bin/python3 bench/micro/table.py build/release/gilt_micro build/release/gilt $arguments
    ;;
  fmt)
    need clang-format
    git ls-files '*.hpp' '*.cpp' | xargs clang-format -i
    ;;
  clean)
    run rm -rf build
    ;;
  help|--help|-h)
    cat <<'TEXT'
./x demo             build, run threaded Python without a global lock, measure contention
./x test [--long]    build and run every test: release, asan-ubsan, tsan
./x build [PRESET]   build into build/PRESET (release, debug, asan-ubsan, tsan)
./x mutants [FLAGS]  weaken or remove one step of the core at a time: the simulation must notice
./x bench [FLAGS]    build, then `gilt bench FLAGS`
./x micro [FLAGS]    what one transaction costs, beside the goals and the peers
./x fmt              format the sources
./x clean            remove build/
./x help             this text
--no-install         with any of them: name what is missing instead of installing it
TEXT
    ;;
  *)
    say "x: unknown command '$command'; ./x help lists them"
    exit 2
    ;;
esac
