#!/bin/sh
# Installs the build into a scratch folder, then does what a user of the library does there: finds it
# with pkg-config, builds the example program against the shared and the static library, runs it.
#
# usage: run.sh BUILD-FOLDER SOURCE-FOLDER C-COMPILER
# Exit: 0 all well, 1 a step failed, 77 no pack is built.
set -eu
build=$1 source=$2 cc=$3
scratch=$(mktemp -d "${TMPDIR:-/tmp}/casus-install.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM HUP
[ -f "$build/casus.pack" ] || {
    echo "install: no pack in $build; run ./setup"
    exit 77
}

cmake --install "$build" --prefix "$scratch/usr" >"$scratch/log" 2>&1 || {
    cat "$scratch/log"
    exit 1
}
PKG_CONFIG_PATH=$(dirname "$(find "$scratch/usr" -name casus.pc)")
export PKG_CONFIG_PATH
libdir=$(pkg-config --variable=libdir casus)
case $libdir in
"$scratch"/*) ;;
*) echo "install: casus.pc points to $libdir, not into the prefix" && exit 1 ;;
esac
for file in bin/casus include/casus/casus.h share/casus/casus.pack; do
    [ -f "$scratch/usr/$file" ] || { echo "install: $file is not installed" && exit 1; }
done

# Only the public functions may be seen from outside.
stray=$(nm -D --defined-only "$libdir/libcasus.so" | awk '$2 ~ /[TDBRVW]/ { print $3 }' |
    while read -r name; do
        grep -q "\\b$name\\b" "$scratch/usr/include/casus/casus.h" || echo "$name"
    done)
[ -z "$stray" ] || { echo "install: exported but not in casus.h:" $stray && exit 1; }

article=$source/examples/ceasefire.txt
# shellcheck disable=SC2046 # word splitting is meant
"$cc" -std=c11 -Wall -Wextra -Wpedantic -Werror $(pkg-config --cflags casus) \
    "$source/examples/code_article.c" -o "$scratch/shared" $(pkg-config --libs casus)
LD_LIBRARY_PATH=$libdir "$scratch/shared" "$scratch/usr/share/casus/casus.pack" "$article" \
    >"$scratch/out.shared"
# The static library of ours, the shared ones of others.
# shellcheck disable=SC2046
"$cc" -std=c11 $(pkg-config --cflags casus) "$source/examples/code_article.c" -o "$scratch/static" \
    "$libdir/libcasus.a" $(pkg-config --libs $(pkg-config --print-requires-private casus)) \
    $(sed -n 's/^Libs.private: //p' "$libdir/pkgconfig/casus.pc")
"$scratch/static" "$scratch/usr/share/casus/casus.pack" "$article" >"$scratch/out.static"
[ -s "$scratch/out.shared" ] || { echo "install: the example printed nothing" && exit 1; }
cmp "$scratch/out.shared" "$scratch/out.static"

# The installed program finds the installed pack by itself, in a folder of any name.
(cd / && env -u CASUS_PACK "$scratch/usr/bin/casus" code --format table "$article") \
    >"$scratch/out.program"
[ -s "$scratch/out.program" ] || { echo "install: the program printed nothing" && exit 1; }
echo "install: all well"
