#!/bin/sh
# Puts wasm-bindgen into the folder $1, in exactly the version of Cargo.lock:
# the tool and the library must agree to the last digit.
set -eu
bin=$1
version=$2
[ -x "$bin/bin/wasm-bindgen" ] && exit 0
echo "wasm-bindgen $version: building it once (about two minutes)"

# It runs for a second per build of the app: cheap to compile beats fast to run.
export CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off
export CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_STRIP=symbols
unset CARGO_TARGET_DIR RUSTFLAGS
install() { cargo install --quiet --root "$bin" --version "=$version" "$@" wasm-bindgen-cli; }
# A registry mirror may lack a version that the tool's own lock names.
install --locked || install
