#!/bin/sh
# Prints the path of a Chromium for the journeys; as root on a Debian-like
# machine it installs the distribution's when there is none.
set -eu
find_one() {
    for name in "${TAKAR_CHROMIUM:-}" chromium chromium-browser google-chrome; do
        [ -n "$name" ] && command -v "$name" && return 0
    done
    return 1
}
find_one && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >&2
    find_one && exit 0
fi
echo "The journeys need Chromium and there is none here. Install it (sudo apt-get install chromium)" >&2
echo "or name one you have: TAKAR_CHROMIUM=/path/to/chromium make test" >&2
exit 1
