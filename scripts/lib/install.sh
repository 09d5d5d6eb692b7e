# shellcheck shell=bash
# Installing what is missing, and nothing else. A script first says what it needs with need_*; then
# install_missing asks apt once for all that is not there. When nothing is, apt is not called.

missing_packages=()

# need_command COMMAND PACKAGE: the package that brings the command when it is not on the PATH.
need_command() {
    command -v "$1" >/dev/null || missing_packages+=("$2")
}

need_package() {
    local package
    for package in "$@"; do
        is_installed "$package" || missing_packages+=("$package")
    done
}

# need_library NAME PACKAGE: a C library by its pkg-config name, so that one built by hand counts.
need_library() {
    if ! pkg-config --exists "$1" 2>/dev/null; then missing_packages+=("$2"); fi
}

is_installed() {
    [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# need_libraries_of PROGRAM...: the packages of the shared libraries that a program brought from
# elsewhere looks for and does not find.
need_libraries_of() {
    local program library
    for program in "$@"; do
        if [[ ! -x $program ]]; then continue; fi
        while read -r library; do
            need_package "$(package_of_library "$library")"
        done < <(ldd "$program" 2>/dev/null | sed -n 's/^[[:space:]]*\(.*\) => not found$/\1/p')
    done
}

# Debian names the package after the library's file; the exceptions are those we have met.
package_of_library() {
    local name=${1%%.so.*} version=${1##*.so.}
    case $1 in
    libsqlite3.so.0) echo libsqlite3-0 ;;
    libxml2.so.2) echo libxml2 ;;
    libcrypto.so.3) echo libssl3 ;;
    libgcc_s.so.1) echo libgcc-s1 ;;
    libz.so.1) echo zlib1g ;;
    *) printf '%s%s\n' "$name" "$version" ;;
    esac
}

# What a Swift toolchain needs of the system to resolve, compile and link this package.
need_build_tools() {
    local programs
    programs=$(dirname "$(readlink --canonicalize "$(command -v swift)")")
    need_libraries_of "$programs"/{swift-driver,swift-frontend,swift-package,clang,lld}
    need_command git git
    need_command pkg-config pkg-config
    need_package ca-certificates tzdata
    # For the C library's start files and headers, and for libstdc++ in the version that fits.
    need_command g++ g++
}

need_sqlite() {
    need_library sqlite3 libsqlite3-dev
}

# For the connection, and for TLS.
need_redis_libraries() {
    need_library hiredis libhiredis-dev
    need_library openssl libssl-dev
    need_library zlib zlib1g-dev
}

need_libpq() {
    need_library libpq libpq-dev
}

need_mongodb_libraries() {
    need_library libbson-1.0 libbson-dev
    need_library libmongoc-1.0 libmongoc-dev
}

need_c_libraries() {
    need_sqlite
    need_redis_libraries
    need_libpq
    need_mongodb_libraries
}

# What to do about a package that cannot be had, beside installing it by hand.
install_advice=

install_missing() {
    ((${#missing_packages[@]})) || return 0
    mapfile -t missing_packages < <(printf '%s\n' "${missing_packages[@]}" | sort --unique)
    command -v apt-get >/dev/null ||
        cannot_install "there is no apt-get here, this is neither Debian nor Ubuntu"
    [[ $EUID == 0 ]] || command -v sudo >/dev/null ||
        cannot_install "you are not root, and there is no sudo"
    note "Installing ${missing_packages[*]}"
    with_install_lock install_with_apt "${missing_packages[@]}"
    missing_packages=()
}

# cannot_install REASON
cannot_install() {
    note "Missing: ${missing_packages[*]}"
    note "They cannot be installed: $1"
    fail "install them by hand: apt-get install ${missing_packages[*]}" $'\n'"$install_advice"
}

# apt-get update refuses at once when another one runs; two scripts on a new machine take turns.
with_install_lock() {
    mkdir -p "$cache"
    (
        flock 9
        "$@"
    ) 9>"$cache/install.lock"
}

install_with_apt() {
    local log=$cache/apt.log
    # A failed update is not fatal: the lists may be good enough. A failed install is.
    as_administrator apt-get update >"$log" 2>&1 || true
    as_administrator apt-get install --yes --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1 && return
    tail -n 5 "$log" >&2
    cannot_install "apt-get failed; is the network there? Its words are in $log"
}

as_administrator() {
    local command=(env DEBIAN_FRONTEND=noninteractive "$@")
    if [[ $EUID == 0 ]]; then
        "${command[@]}"
    elif [[ -t 0 ]]; then
        sudo "${command[@]}"
    else
        # Nobody is there to type a password.
        sudo --non-interactive "${command[@]}"
    fi
}
