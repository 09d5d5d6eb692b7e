# shellcheck shell=bash
# Running an example on a server that is started for it and stopped whatever happens. It
# sources what it needs itself, but for common.sh.

# shellcheck source=scripts/lib/install.sh
source "$lib/install.sh"
# shellcheck source=scripts/lib/mongod.sh
source "$lib/mongod.sh"
# shellcheck source=scripts/lib/process.sh
source "$lib/process.sh"
# shellcheck source=scripts/lib/run.sh
source "$lib/run.sh"
# shellcheck source=scripts/lib/servers.sh
source "$lib/servers.sh"

# The server that the example is to run on, empty for none, and what goes to the program.
server=
arguments=()

# take_server NAME ARGUMENT...: the server NAME if --NAME is among the arguments of the script.
take_server() {
    local name=$1 argument
    shift
    for argument in "$@"; do
        if [[ $argument == "--$name" ]]; then server=$name; else arguments+=("$argument"); fi
    done
}

# Runs the program that was built, on the server if there is to be one: that of the environment, or
# one that is started for it.
run_example() {
    local variable url
    [[ $server ]] || exec "$program" "${arguments[@]}"
    install_servers "$server"
    clean_up_at_exit
    make_work_folder
    start_servers "$work" "$server"
    export_urls "$work" "$server"
    variable=$(url_variable "$server")
    url=${!variable}
    # Everybody on the machine can read the arguments of a program. Ours is hexadecimal digits, the
    # same in a URL and in the environment.
    if [[ $url =~ ^(postgresql://postgres):([0-9a-f]{32})(@127\.0\.0\.1:.*)$ ]]; then
        export PGPASSWORD=${BASH_REMATCH[2]}
        url=${BASH_REMATCH[1]}${BASH_REMATCH[3]}
    fi
    start_session "$program" --url "$url" "${arguments[@]}"
    await_session
}
