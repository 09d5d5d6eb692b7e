# shellcheck shell=bash
# What every script shares. Source it first: it finds the checkout and defines how scripts speak.

set -euo pipefail

# Private by default: state files hold a password, server folders hold data.
umask 077

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/storagekit

# Progress goes to standard error, so that standard output holds only what was asked for.
note() {
    printf '%s\n' "$*" >&2
}

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# Prints the comment at the head of the script that is running: its manual.
usage() {
    sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

# build_quietly PRODUCT OPTION...: builds it, shows the compiler's words only when it fails, and
# sets the variable program to the path of what was built.
build_quietly() {
    local product=$1 log=$root/.build/$1.log
    shift
    mkdir -p "$root/.build"
    if [[ -e $log ]]; then
        note "Building $product"
    else
        note "Building $product (the first time takes a minute or two)"
    fi
    if ! swift build "$@" --product "$product" >"$log" 2>&1; then
        cat "$log" >&2
        fail "$product does not build"
    fi
    program=$(swift build "$@" --show-bin-path 2>/dev/null)/$product
}

require_swift() {
    command -v swift >/dev/null ||
        fail "no swift on the PATH. Install Swift 6.2 or later: https://swift.org/install"
}
