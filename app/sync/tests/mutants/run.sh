#!/usr/bin/env bash
# Plants known bugs, one patch after the other, into a copy of the tree, and
# fails unless each is caught within 5,000 seeds: those beside this script by the
# simulator, what nobody simulates by the rules' own tests (`Check: office`),
# those of the server by the replay on `mem://`, the writer's tests or those of signing,
# those of the app by its own tests or, where the browser's database is meant, by
# the replay in Chromium (`TAKAR_CHROMIUM` and `WASM_BINDGEN` name the programs).
#
#   run.sh pure|store|app|all [name...]
#
# What is to catch them runs once without any bug first, and must pass. A bug counts
# as caught only if a test said what is wrong: a patch that does not compile, or a
# program that is missing, fails. So does any patch of any part that no longer
# applies, whichever part is asked for.
set -uo pipefail
cd "$(dirname "$0")/../../../.."
which=${1:-all}
[ $# -gt 0 ] && shift
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
tree=$target/mutants/tree
# The copy shares the built dependencies. Cargo takes its crates for the tree's own,
# so what was built from it is forgotten in the end: else later builds would miss
# what changed in the tree since.
export GIT_CEILING_DIRECTORIES=$target/mutants
export CARGO_TARGET_DIR=$target TAKAR_SEEDS=5000 TAKAR_TRACES=5000 RUST_BACKTRACE=0 CARGO_TERM_COLOR=never
forget() {
    # The last server that was linked is a broken one: the next build puts it right.
    rm -f "$target/fast/takar"
    grep -ls mutants/tree "$target"/fast/.fingerprint/takar-*/dep-* "$target"/*/fast/.fingerprint/takar-*/dep-* |
        while read -r info; do rm -rf "${info%/*}"; done
}
trap forget EXIT

mkdir -p "$tree"
rm -rf "$tree/app" "$tree/server" "$tree/end2end"
cp -a Cargo.toml Cargo.lock "$tree/"
cp -a app server "$tree/"
cp -a --parents end2end/bench/driver end2end/replay "$tree/"
if [ -d style ]; then rm -rf "$tree/style" && cp -a style "$tree/"; fi

end2end=$PWD/end2end
replay() { # a hundred runs, asked of the database of a browser
    local glue=$target/mutants/replay wasm=wasm32-unknown-unknown
    cargo build --quiet -p takar-replay --profile fast --target $wasm &&
        "$WASM_BINDGEN" --target web --no-typescript --out-dir "$glue" "$target/$wasm/fast/takar_replay.wasm" &&
        cargo run --quiet -p takar-sync --features sim --profile fast --example traces -- 100 "$glue/traces.cbor" &&
        (cd "$end2end" && TAKAR_REPLAY=$glue npx --no-install playwright test 18-replay)
}

check() { # what catches a patch
    case $1 in
        sim) cargo test --quiet -p takar-sync --profile fast --test sim whatever_goes_wrong ;;
        replay) cargo test --quiet -p takar-server --profile fast --test api a_thousand_bad_days ;;
        app) cargo test --quiet -p takar-app --profile fast ;;
        browser) replay ;;
        office) cargo test --quiet -p takar-domain --profile fast --test office ;;
        signing) cargo test --quiet -p takar-server --profile fast --test api signing ;;
        writer) cargo test --quiet -p takar-server --profile fast --lib service::writer ;;
    esac
}

complaint() { # what catches bugs, what it said: the words of a test that failed
    case $1 in
        sim | replay) grep -q '^test result: FAILED' <<< "$2" && grep -m1 -oE 'TAKAR_SEED=.*' <<< "$2" ;;
        browser) grep -qE '^ +[0-9]+ failed' <<< "$2" && grep -m1 -oE 'Error: .*' <<< "$2" ;;
        *) grep -q '^test result: FAILED' <<< "$2" && grep -m1 'panicked at' <<< "$2" ;;
    esac
}

declare -A sound
is_sound() { # what catches bugs: it passes where there is none
    if [ -z "${sound[$1]:-}" ]; then
        local said
        if said=$(cd "$tree" && check "$1" 2>&1); then
            sound[$1]=yes
        else
            sound[$1]=no
            echo "$1: fails without any bug"
            tail -n 15 <<< "$said"
        fi
    fi
    [ "${sound[$1]}" = yes ]
}

plant() { # a patch, what catches it
    local patch=$1 by=$2 name said
    name=$(basename "$patch" .patch)
    if ! is_sound "$by"; then
        echo "$name: nothing to catch it with"
        return 1
    fi
    if ! (cd "$tree" && git apply "$patch" 2> /dev/null); then
        echo "$name: no longer applies"
        return 1
    fi
    said=$(cd "$tree" && check "$by" 2>&1)
    local status=$?
    (cd "$tree" && git apply --reverse "$patch")
    if [ $status -eq 0 ]; then
        echo "$name: NOT CAUGHT"
        return 1
    fi
    local words
    if ! words=$(complaint "$by" "$said"); then
        echo "$name: no test failed, but something else"
        grep -m3 -A4 '^error' <<< "$said" || tail -n 15 <<< "$said"
        return 1
    fi
    echo "$name: caught, ${words:0:150}"
}

failed=0 count=0
stale() { # patches that no longer apply
    local patch
    for patch in "$@"; do
        if ! (cd "$tree" && git apply --check "$patch" 2> /dev/null); then
            echo "$(basename "$patch" .patch): no longer applies"
            failed=$((failed + 1))
        fi
    done
}
each() { # what catches them, patches
    local by=$1 patch wanted
    shift
    for patch in "$@"; do
        if [ ${#only[@]} -gt 0 ]; then
            wanted=" ${only[*]} "
            [[ $wanted == *" $(basename "$patch" .patch) "* ]] || continue
        fi
        count=$((count + 1))
        plant "$patch" "$(sed -n 's/^Check: //p' "$patch" | grep . || echo "$by")" || failed=$((failed + 1))
    done
}

only=("$@")
wants() { [ "$which" = all ] || [ "$which" = "$1" ]; }
stale "$PWD"/{app/sync,server,app}/tests/mutants/*.patch
if wants pure; then each sim "$PWD"/app/sync/tests/mutants/*.patch; fi
if wants store; then each replay "$PWD"/server/tests/mutants/*.patch; fi
if wants app; then each app "$PWD"/app/tests/mutants/*.patch; fi
echo "$count planted, $failed not caught or stale"
[ "$count" -gt 0 ] && [ "$failed" -eq 0 ]
